using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Paging;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Runs;

internal static class ListRuns
{
    public static async Task<ListResult<RunResource>> Handle(
        string workspace, [AsParameters] LabelledContextPageQuery query, HttpRequest request, NodeList list,
        WorkspaceDirectory workspaces, LabelledContextStore contexts, MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken)
    {
        var workspaceId = await workspaces.GetIdAsync(workspace, cancellationToken);
        var prefix = RunContextName.Prefix(workspaceId);
        var selects = query.Selector<Context>((context, field) => LabelledContextFilter.ValueOf(context, field, RunContextName.RunNameOf(context)));
        // By type and not by parent: the parent link is only a convenience, and reading children has no pages.
        return await list.RunAsync<Context, RunResource>(
            query, request,
            new NodeQuery<Context>
            {
                Read = async (options, token) =>
                {
                    var answer = await client.GetContextsByTypeAsync(new() { TypeName = KubeflowTypes.Run.Name, Options = options }, cancellationToken: token);
                    return new StorePage<Context>(answer.Contexts, answer.NextPageToken);
                },
                Keep = context => context.Name.StartsWith(prefix, StringComparison.Ordinal) && selects?.Invoke(context) != false,
                Plan = _ => FilterPlan.Of($"name LIKE '{prefix}%'").And(query.Plan(new LabelledContextColumns(StoredName).Of)),
                LookUp = token => contexts.FindAnyAsync(KubeflowTypes.Run.Name, query.Literals("name"), StoredName, token),
            },
            found => Task.FromResult<IReadOnlyList<RunResource>>([.. found.Select(context => RunResource.From(context, workspace))]),
            cancellationToken);

        string StoredName(string run) => RunContextName.Of(workspaceId, run);
    }
}
