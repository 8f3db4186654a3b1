using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Workspaces;

internal static class ListWorkspaces
{
    public static Task<ListResult<WorkspaceResource>> Handle(
        [AsParameters] LabelledContextPageQuery query, HttpRequest request, NodeList list, LabelledContextStore contexts,
        MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken) =>
        list.RunAsync<Context, WorkspaceResource>(
            query, request,
            new NodeQuery<Context>
            {
                Read = async (options, token) =>
                {
                    var answer = await client.GetContextsByTypeAsync(
                        new() { TypeName = KubeflowTypes.Workspace.Name, Options = options }, cancellationToken: token);
                    return new StorePage<Context>(answer.Contexts, answer.NextPageToken);
                },
                Keep = query.Selector<Context>((context, field) => LabelledContextFilter.ValueOf(context, field, context.Name)),
                Plan = _ => query.Plan(new LabelledContextColumns().Of),
                LookUp = token => contexts.FindAnyAsync(KubeflowTypes.Workspace.Name, query.Literals("name"), name => name, token),
            },
            found => Task.FromResult<IReadOnlyList<WorkspaceResource>>([.. found.Select(WorkspaceResource.From)]),
            cancellationToken);
}
