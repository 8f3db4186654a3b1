namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>The three kinds of node that MLMD stores.</summary>
internal enum NodeKind
{
    Artifact,
    Execution,
    Context,
}
