using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Workspaces;

internal static class ListWorkspaces
{
    public static Task<ListResult<WorkspaceResource>> Handle(
        [AsParameters] LabelledContextPageQuery query, HttpRequest request, NodeList list,
        MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken) =>
        list.RunAsync<Context, WorkspaceResource>(
            query, request,
            async (options, token) =>
            {
                var answer = await client.GetContextsByTypeAsync(
                    new() { TypeName = KubeflowTypes.Workspace.Name, Options = options }, cancellationToken: token);
                return new NodePage<Context>(answer.Contexts, answer.NextPageToken);
            },
            query.Selector<Context>((context, field) => LabelledContextFilter.ValueOf(context, field, context.Name)),
            contexts => Task.FromResult<IReadOnlyList<WorkspaceResource>>([.. contexts.Select(WorkspaceResource.From)]),
            cancellationToken);
}
