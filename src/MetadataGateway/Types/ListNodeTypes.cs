using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Types;

/// <summary>All types of a kind but MLMD's own simple ones, by id.</summary>
internal static class ListNodeTypes
{
    public static Delegate In(TypeKind kind) =>
        async ([AsParameters] PageQuery query, HttpRequest request, MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken) =>
        {
            var types = (await kind.ListAsync(client, cancellationToken)).Where(type => !KubeflowTypes.IsInternal(type.Name)).OrderBy(type => type.Id);
            return await WholeList.RunAsync(
                query, request, types.ToList(), type => type.Id, page => Task.FromResult<IReadOnlyList<NodeTypeResource>>([.. page.Select(NodeTypeResource.From)]));
        };
}
