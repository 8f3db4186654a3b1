using Google.Protobuf.Reflection;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Types;

/// <summary>
/// MLMD's predefined types: ordinary rows, there from the start, whose names are the options of the enum values that stand for them as
/// a base type.
/// </summary>
internal static class SimpleTypes
{
    private static readonly Dictionary<NodeKind, List<(int Number, string Name)>> Known = new()
    {
        [NodeKind.Artifact] = Read(ArtifactType.Descriptor),
        [NodeKind.Execution] = Read(ExecutionType.Descriptor),
        [NodeKind.Context] = Read(ContextType.Descriptor),
    };

    /// <summary>The stored name of a base type; null for UNSET and for numbers that the enum does not have.</summary>
    public static string? NameOf(NodeKind kind, int number) => Known[kind].Find(known => known.Number == number).Name;

    /// <summary>The enum number of a base type; null if the name is not that of a simple type of this kind.</summary>
    public static int? NumberOf(NodeKind kind, string? name) =>
        Known[kind].Find(known => known.Name == name) is { Name: not null } known ? known.Number : null;

    public static bool Contains(NodeKind kind, string name) => NumberOf(kind, name) is not null;

    /// <summary>Adds those that are missing. In a new file they get ids 1 to 9, in this order, so that a user's first type is 10.</summary>
    public static void AddMissing(StoreConnection connection)
    {
        foreach (var kind in new[] { NodeKind.Artifact, NodeKind.Execution })
            foreach (var (_, name) in Known[kind])
                if (TypeReader.IdOf(connection, kind, name, version: null) is null)
                    connection.Prepare("INSERT INTO Type (name, type_kind) VALUES (?, ?)").Bind(name).Bind(kind.TypeKind()).Run();
    }

    private static List<(int Number, string Name)> Read(MessageDescriptor type) =>
        [.. type.FindFieldByName("base_type").EnumType.Values
            .Where(value => value.Number != 0)
            .Select(value => (value.Number, value.GetOptions().GetExtension(MetadataStoreExtensions.SystemTypeExtension).TypeName))];
}
