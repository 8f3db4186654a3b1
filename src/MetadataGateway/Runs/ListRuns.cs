using MetadataGateway.Adoption;
using MetadataGateway.Filtering;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Paging;
using MetadataGateway.Workspaces;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Runs;

internal static class ListRuns
{
    public static async Task<ListResult<RunResource>> Handle(
        string workspace, [AsParameters] LabelledContextPageQuery query, HttpRequest request,
        WorkspaceDirectory workspaces, ListRunsHandler handler, CancellationToken cancellationToken) =>
        await handler.HandleAsync(new(workspace, await workspaces.GetIdAsync(workspace, cancellationToken)), query, request, cancellationToken);
}

/// <summary>A workspace, and its context.</summary>
internal readonly record struct WorkspaceScope(string Workspace, long WorkspaceId);

/// <summary>
/// Runs are listed by their contexts. What the SDK recorded since the last time gets its context first; a backlog that the scan budget does not
/// cover is told by a token, with which the list goes on: in ascending order behind what it shows, as new contexts have higher ids, otherwise from
/// the beginning, so that a walk shows each run once.
/// </summary>
internal sealed class ListRunsHandler(
    MetadataStoreService.MetadataStoreServiceClient client, LabelledContextStore contexts, NodeList list, RecordAdoption adoption, NamedRunList namedRuns, IOptions<LimitsOptions> limits)
{
    public async Task<ListResult<RunResource>> HandleAsync(
        WorkspaceScope scope, LabelledContextPageQuery query, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!adoption.IsEnabled)
        {
            return await namedRuns.RunAsync(scope, query, request, () => ListContextsAsync(scope, query, request, new(query.Order), 0, cancellationToken), cancellationToken);
        }

        var budget = limits.Value.ScanBudget;
        // A little is left for the list itself.
        var adopted = await adoption.AdoptExecutionsAsync(budget - Math.Min(budget / 10, 100), cancellationToken);
        if (adopted.IsComplete || adopted.HasFailed)
        {
            var all = await ListContextsAsync(scope, query, request, new(query.Order), adopted.Examined, cancellationToken);
            return adopted.IsComplete ? all : all with { Scan = all.Scan! with { Complete = false } };
        }

        var reached = new ReachedPosition(query.Order);
        var shown = IsAppendedTo(query.Order)
            ? await ListContextsAsync(scope, query, request, reached, adopted.Examined, cancellationToken)
            : new ListResult<RunResource> { Items = [] };
        var examined = shown.Scan?.Examined ?? adopted.Examined;
        examined += (await adoption.AdoptExecutionsAsync(budget - examined, cancellationToken)).Examined;
        return shown with
        {
            NextPageToken = shown.NextPageToken ?? reached.ToToken(request, query.PageToken),
            Scan = new ScanResult { Examined = examined, Complete = false },
        };
    }

    private static bool IsAppendedTo(NodeOrder order) =>
        order.IsAscending && order.Field != ListOperationOptions.Types.OrderByField.Types.Field.LastUpdateTime;

    private Task<ListResult<RunResource>> ListContextsAsync(
        WorkspaceScope scope, LabelledContextPageQuery query, HttpRequest request, ReachedPosition reached, int spent, CancellationToken cancellationToken)
    {
        var prefix = RunContextName.Prefix(scope.WorkspaceId);
        var selects = query.Selector<Context>((context, field) => LabelledContextFilter.ValueOf(context, field, RunContextName.RunNameOf(context)));
        // By type and not by parent: the parent link is only a convenience, and reading children has no pages.
        return list.RunAsync<Context, RunResource>(
            query, request,
            new NodeQuery<Context>
            {
                Read = async (options, token) =>
                {
                    var answer = await client.GetContextsByTypeAsync(new() { TypeName = KubeflowTypes.Run.Name, Options = options }, cancellationToken: token);
                    reached.Note(answer.Contexts, options.HasNextPageToken ? options.NextPageToken : null);
                    return new StorePage<Context>(answer.Contexts, answer.NextPageToken);
                },
                Keep = context => context.Name.StartsWith(prefix, StringComparison.Ordinal) && selects?.Invoke(context) != false,
                Plan = _ => FilterPlan.Of($"name LIKE '{prefix}%'").And(query.Plan(new LabelledContextColumns(StoredName).Of)),
                LookUp = token => contexts.FindAnyAsync(KubeflowTypes.Run.Name, query.Literals("name"), StoredName, token),
            },
            found =>
            {
                reached.Note(found, null);
                return Task.FromResult<IReadOnlyList<RunResource>>([.. found.Select(context => RunResource.From(context, scope.Workspace))]);
            },
            cancellationToken, spent);

        string StoredName(string run) => RunContextName.Of(scope.WorkspaceId, run);
    }

    // Where a list that is at its end goes on when it has grown: after the last record that was looked at.
    private sealed class ReachedPosition(NodeOrder order)
    {
        private readonly Lock _lock = new();
        private PagePosition? _last;

        public void Note(IReadOnlyList<Context> contexts, string? storeToken)
        {
            if (contexts.Count == 0)
            {
                return;
            }

            var position = order.PositionOf(contexts[^1]);
            // Several pages may be read at once.
            lock (_lock)
            {
                if (_last?.After is not { } last || order.IsAfter(position, last))
                {
                    _last = new PagePosition(storeToken, position, IsInside: true);
                }
            }
        }

        public string ToToken(HttpRequest request, string? before) =>
            _last is { } last ? new PageToken(last).Format(request) : before ?? PageToken.Start.Format(request);
    }
}
