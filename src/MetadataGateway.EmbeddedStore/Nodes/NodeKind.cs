namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>The three kinds of node that MLMD stores. Each has its own kind of type.</summary>
internal enum NodeKind
{
    Artifact,
    Execution,
    Context,
}

internal static class NodeKindNames
{
    /// <summary>The number in <c>Type.type_kind</c>, which is not that of the enum.</summary>
    public static long TypeKind(this NodeKind kind) => kind switch
    {
        NodeKind.Execution => 0,
        NodeKind.Artifact => 1,
        _ => 2,
    };

    /// <summary>The kind as error texts and column names spell it.</summary>
    public static string Word(this NodeKind kind) => kind switch
    {
        NodeKind.Execution => "execution",
        NodeKind.Artifact => "artifact",
        _ => "context",
    };
}
