using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Paging;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>
/// The list of runs while nothing is adopted: behind the runs with a context, in whatever order, come those that only executions name, by the first
/// one that does. Their token says which contexts were there when the first part ended: a run that got its context later is still shown.
/// </summary>
internal sealed class NamedRunList(
    MetadataStoreService.MetadataStoreServiceClient client, NamedRunIndex index, RunDirectory runs, IOptions<LimitsOptions> limits)
{
    private const int CallsAtOnce = 8;

    /// <param name="scope">The workspace.</param>
    /// <param name="query">Page and filter asked for.</param>
    /// <param name="request">What the token is bound to.</param>
    /// <param name="listContexts">One page of the first part.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<ListResult<RunResource>> RunAsync(
        WorkspaceScope scope, LabelledContextPageQuery query, HttpRequest request, Func<Task<ListResult<RunResource>>> listContexts, CancellationToken cancellationToken)
    {
        var start = PageToken.Parse(query.PageToken, request);
        if (start is { Within: { } contextsUpTo, Position.After: { } after })
        {
            return await ListAsync(new(scope, contextsUpTo, after.Id), query, request, new ListResult<RunResource> { Items = [] }, cancellationToken);
        }

        var first = await listContexts();
        return first.NextPageToken is null
            ? await ListAsync(new(scope, await NewestRunIdAsync(cancellationToken), 0), query, request, first, cancellationToken)
            : first;
    }

    private async Task<ListResult<RunResource>> ListAsync(
        Place place, LabelledContextPageQuery query, HttpRequest request, ListResult<RunResource> before, CancellationToken cancellationToken)
    {
        var examined = before.Scan?.Examined ?? 0;
        var (named, progress) = await index.Of(place.Scope.WorkspaceId).ReadAsync(limits.Value.ScanBudget - examined, cancellationToken);
        examined += progress.Examined;
        var candidates = named.Where(run => run.FirstExecutionId > place.After).Take(limits.Value.ScanBudget).ToList();
        var selects = query.Selector<Context>((context, field) => LabelledContextFilter.ValueOf(context, field, RunContextName.RunNameOf(context)));
        var items = before.Items.ToList();
        var reached = place.After;
        foreach (var some in candidates.Chunk(CallsAtOnce))
        {
            if (items.Count == query.PageSize)
            {
                break;
            }

            await FindContextsAsync(place.Scope.WorkspaceId, some, cancellationToken);
            foreach (var run in some.TakeWhile(_ => items.Count < query.PageSize))
            {
                reached = run.FirstExecutionId;
                var context = run.Context ?? RunContextName.Unstored(place.Scope.WorkspaceId, run.Run);
                if (context.Id <= place.ContextsUpTo && context.HasId)
                {
                    continue;
                }

                if (selects?.Invoke(context) != false)
                {
                    items.Add(RunResource.From(context, place.Scope.Workspace));
                }
            }
        }

        var isAtEnd = progress.IsComplete && (candidates.Count == 0 || (reached == named[^1].FirstExecutionId));
        return new ListResult<RunResource>
        {
            Items = items,
            NextPageToken = isAtEnd ? null : new PageToken(new PagePosition(null, new NodePosition(0, reached)), place.ContextsUpTo).Format(request),
            Scan = new ScanResult { Examined = examined, Complete = isAtEnd || items.Count == query.PageSize },
        };
    }

    private async Task FindContextsAsync(long workspaceId, IEnumerable<NamedRun> named, CancellationToken cancellationToken)
    {
        var found = named.Where(run => run.Context is null).Select(async run => run.Context = await runs.FindAsync(workspaceId, run.Run, cancellationToken));
        await Task.WhenAll(found);
    }

    private async Task<long> NewestRunIdAsync(CancellationToken cancellationToken)
    {
        var answer = await client.GetContextsByTypeAsync(
            new() { TypeName = KubeflowTypes.Run.Name, Options = NodeOrder.NewestFirst.ToOptions(1, null) }, cancellationToken: cancellationToken);
        return answer.Contexts.Count > 0 ? answer.Contexts[0].Id : 0;
    }

    // Behind which execution the second part goes on, and which contexts the first part has shown.
    private readonly record struct Place(WorkspaceScope Scope, long ContextsUpTo, long After);
}
