using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using MetadataGateway.Validation;

namespace MetadataGateway.Types;

internal sealed record CreateNodeTypeRequest : NodeTypeRequest
{
    public TypeDeclaration ToDeclaration() => ToDeclaration(Name!, Given(Version));
}

/// <summary>Creates a type; an equal one that is there is the answer, a different one a conflict.</summary>
internal static class CreateNodeType
{
    public static Delegate In(TypeKind kind, string collection) =>
        async (RequestBody<CreateNodeTypeRequest> body, ReturnPreference preference, NodeTypeWriter writer, CancellationToken cancellationToken) =>
        {
            var (type, isNew) = await writer.DeclareAsync(kind, body.Value.ToDeclaration(), mayExtend: false, _ => { }, cancellationToken);
            var location = Location(collection, type.Name, type.Version);
            return preference.IsMinimal
                ? ResourceResult<NodeTypeResource>.Minimal(MinimalResource.Of(type.Id), location, isNew)
                : ResourceResult<NodeTypeResource>.Created(NodeTypeResource.From(type), location, isNew);
        };

    public static string Location(string collection, string name, string? version)
    {
        var path = $"/api/v1/{collection}/{Uri.EscapeDataString(name)}";
        return version is null ? path : $"{path}?version={Uri.EscapeDataString(version)}";
    }
}
