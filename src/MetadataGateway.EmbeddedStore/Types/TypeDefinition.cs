using Google.Protobuf;
using Google.Protobuf.Collections;
using MetadataGateway.EmbeddedStore.Nodes;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Types;

/// <summary>
/// A type as a request gives it, the same for the three kinds. Null is unset; MLMD takes an empty version for unset, and a base type
/// whose number its enum does not have.
/// </summary>
internal sealed record TypeDefinition(
    NodeKind Kind,
    string Name,
    string? Version,
    string? Description,
    string? ExternalId,
    IReadOnlyDictionary<string, PropertyType> Properties,
    int? BaseType,
    string? InputType = null,
    string? OutputType = null)
{
    public static TypeDefinition From(ArtifactType? type) => type is null ? Nameless(NodeKind.Artifact) : new(
        NodeKind.Artifact,
        type.Name,
        NullIfEmpty(type.Version),
        type.HasDescription ? type.Description : null,
        type.HasExternalId ? type.ExternalId : null,
        KnownKinds(type.Properties),
        type.HasBaseType && Enum.IsDefined(type.BaseType) ? (int)type.BaseType : null);

    public static TypeDefinition From(ExecutionType? type) => type is null ? Nameless(NodeKind.Execution) : new(
        NodeKind.Execution,
        type.Name,
        NullIfEmpty(type.Version),
        type.HasDescription ? type.Description : null,
        type.HasExternalId ? type.ExternalId : null,
        KnownKinds(type.Properties),
        type.HasBaseType && Enum.IsDefined(type.BaseType) ? (int)type.BaseType : null,
        Json(type.InputType),
        Json(type.OutputType));

    public static TypeDefinition From(ContextType? type) => type is null ? Nameless(NodeKind.Context) : new(
        NodeKind.Context,
        type.Name,
        NullIfEmpty(type.Version),
        type.HasDescription ? type.Description : null,
        type.HasExternalId ? type.ExternalId : null,
        KnownKinds(type.Properties),
        type.HasBaseType && Enum.IsDefined(type.BaseType) ? (int)type.BaseType : null);

    private static TypeDefinition Nameless(NodeKind kind) => new(kind, "", null, null, null, new Dictionary<string, PropertyType>(), null);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string? Json(ArtifactStructType? signature) => signature is null ? null : JsonFormatter.Default.Format(signature);

    // proto2 drops a map entry whose enum number it does not know; the generated C# keeps it.
    private static Dictionary<string, PropertyType> KnownKinds(MapField<string, PropertyType> properties) =>
        properties.Where(property => Enum.IsDefined(property.Value)).ToDictionary();
}
