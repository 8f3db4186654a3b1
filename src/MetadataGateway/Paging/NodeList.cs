using MetadataGateway.Filtering;
using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using Microsoft.Extensions.Options;

namespace MetadataGateway.Paging;

/// <summary>What a list is made of.</summary>
internal sealed record NodeQuery<TNode>
    where TNode : class
{
    /// <summary>Pages of MLMD; null when <see cref="All"/> is given.</summary>
    public ReadStorePage<TNode>? Read { get; init; }

    /// <summary>Everything, for what MLMD has no pages of.</summary>
    public IReadOnlyList<TNode>? All { get; init; }

    /// <summary>What MLMD cannot select, and everything that it was asked to select, checked again; null when it selects all.</summary>
    public Func<TNode, bool>? Keep { get; init; }

    /// <summary>What MLMD is to select, as far as it can: never less than <see cref="Keep"/> takes.</summary>
    public Func<StoreCapabilities, FilterPlan> Plan { get; init; } = _ => FilterPlan.None;

    /// <summary>Finds all that can be in the list by an index of MLMD's, for servers that cannot filter; null when no index suits.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<TNode>?>>? LookUp { get; init; }
}

/// <summary>Answers one page of an ordered list of nodes.</summary>
internal sealed class NodeList(IOptions<LimitsOptions> limits, StoreProbe probe, TimeProvider timeProvider, ILogger<NodeList> logger)
{
    // Longer than the millisecond that MLMD's times are told in.
    private static readonly TimeSpan OneTick = TimeSpan.FromMilliseconds(2);

    /// <param name="query">Page and order asked for.</param>
    /// <param name="request">What the token is bound to.</param>
    /// <param name="nodes">What the list is made of.</param>
    /// <param name="toResources">The items of the answer.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <param name="spent">Records that the request has looked at before, out of the same budget.</param>
    public async Task<ListResult<TResource>> RunAsync<TNode, TResource>(
        OrderedPageQuery query, HttpRequest request, NodeQuery<TNode> nodes,
        Func<IReadOnlyList<TNode>, Task<IReadOnlyList<TResource>>> toResources, CancellationToken cancellationToken, int spent = 0)
        where TNode : class
    {
        var token = PageToken.Parse(query.PageToken, request);
        var until = token == PageToken.Start ? await FindEndAsync(nodes, query.Order, cancellationToken) : token.Until;
        var scan = await NodeScan.RunAsync(
            await PagesAsync(nodes, query.Order, cancellationToken), query.Order, token.Position, query.PageSize, nodes.Keep,
            nodes.Keep is null ? int.MaxValue : limits.Value.ScanBudget - spent, until, cancellationToken);
        return new ListResult<TResource>
        {
            Items = await toResources(scan.Nodes),
            NextPageToken = scan.Next is { } next ? new PageToken(next, Until: until).Format(request) : null,
            Scan = nodes.Keep is null ? null : new ScanResult { Examined = spent + scan.Examined, Complete = scan.IsComplete },
        };
    }

    /// <summary>The way to read pages that suits the server.</summary>
    public async ValueTask<ReadNodes<TNode>> PagesAsync<TNode>(NodeQuery<TNode> nodes, NodeOrder order, CancellationToken cancellationToken)
        where TNode : class
    {
        if (nodes.All is not null)
        {
            return Whole(nodes.All, order);
        }

        var capabilities = await probe.GetAsync(cancellationToken);
        if (capabilities.HasFilter)
        {
            return new KeysetPages<TNode>(nodes.Read!, order, nodes.Plan(capabilities), logger).ReadAsync;
        }

        return nodes.LookUp is not null && await nodes.LookUp(cancellationToken) is { } candidates
            ? Whole(candidates, order)
            : new TokenPages<TNode>(nodes.Read!, order).ReadAsync;
    }

    private static ReadNodes<TNode> Whole<TNode>(IReadOnlyList<TNode> nodes, NodeOrder order)
        where TNode : class
    {
        var sorted = order.Sort(nodes);
        return (at, size, _) =>
        {
            var rest = sorted.Where(node => at.After is not { } after || order.IsAfter(order.PositionOf(node), after)).ToList();
            var page = rest.Take(size).ToList();
            return Task.FromResult(new NodePage<TNode>(page, rest.Count > size ? new PagePosition(null, order.PositionOf(page[^1])) : null));
        };
    }

    // From the oldest update on, a record that is changed while somebody pages moves to the end and would be given twice: the list ends where it ended
    // when it was begun. What is changed from the next millisecond on is beyond.
    private async Task<NodePosition?> FindEndAsync<TNode>(NodeQuery<TNode> nodes, NodeOrder order, CancellationToken cancellationToken)
        where TNode : class
    {
        if (!order.MovesWithUpdates)
        {
            return null;
        }

        var newest = nodes.All is { } all
            ? order.Reversed.Sort(all)
            : (await nodes.Read!(order.Reversed.ToOptions(1, null), cancellationToken)).Nodes;
        await Task.Delay(OneTick, timeProvider, cancellationToken);
        return newest.Count == 0 ? null : order.PositionOf(newest[0]) with { Id = long.MaxValue };
    }
}
