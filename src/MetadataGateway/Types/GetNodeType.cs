using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;

namespace MetadataGateway.Types;

internal static class GetNodeType
{
    public static Delegate In(TypeKind kind) =>
        async ([AsParameters] NodeTypePath path, TypeCache types, CancellationToken cancellationToken) =>
            !KubeflowTypes.IsInternal(path.Name)
            && await types.FindAsync(kind, path.Name, path.Version, refresh: true, cancellationToken) is { } type
                ? ResourceResult<NodeTypeResource>.Ok(NodeTypeResource.From(type))
                : throw path.NotFound(kind);
}
