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
        WorkspaceDirectory workspaces, MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken)
    {
        var prefix = RunContextName.Prefix(await workspaces.GetIdAsync(workspace, cancellationToken));
        var selects = query.Selector<Context>((context, field) => LabelledContextFilter.ValueOf(context, field, RunContextName.RunNameOf(context)));
        // By type and not by parent: the parent link is only a convenience, and reading children has no pages.
        return await list.RunAsync<Context, RunResource>(
            query, request,
            async (options, token) =>
            {
                var answer = await client.GetContextsByTypeAsync(new() { TypeName = KubeflowTypes.Run.Name, Options = options }, cancellationToken: token);
                return new NodePage<Context>(answer.Contexts, answer.NextPageToken);
            },
            keep: context => context.Name.StartsWith(prefix, StringComparison.Ordinal) && selects?.Invoke(context) != false,
            contexts => Task.FromResult<IReadOnlyList<RunResource>>([.. contexts.Select(context => RunResource.From(context, workspace))]),
            cancellationToken);
    }
}
