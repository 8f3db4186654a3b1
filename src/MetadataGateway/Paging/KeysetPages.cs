using Grpc.Core;
using MetadataGateway.Filtering;

namespace MetadataGateway.Paging;

/// <summary>
/// Pages of a server that can filter: what comes after the last record is a condition on its own, so that no token of MLMD is needed. Those skip or
/// repeat records that share a time (defect D12 (docs/mlmd-compatibility.md)).
/// </summary>
internal sealed partial class KeysetPages<TNode>(ReadStorePage<TNode> read, NodeOrder order, FilterPlan plan, ILogger logger)
    where TNode : class
{
    private FilterPlan _plan = plan;

    public async Task<NodePage<TNode>> ReadAsync(PagePosition at, int size, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(_plan, at, size, cancellationToken);
        }
        catch (RpcException exception) when (!_plan.IsEmpty && exception.StatusCode is StatusCode.InvalidArgument or StatusCode.Internal or StatusCode.Unimplemented)
        {
            // What MLMD will not select the gateway does.
            LogRefused(exception.StatusCode);
            _plan = FilterPlan.None;
            return await ReadAsync(_plan, at, size, cancellationToken);
        }
    }

    private async Task<NodePage<TNode>> ReadAsync(FilterPlan plan, PagePosition at, int size, CancellationToken cancellationToken)
    {
        var after = at.After is { } position ? order.ConditionAfter(position) : null;
        var pages = await Task.WhenAll(plan.Queries(after).Select(query =>
        {
            var options = order.ToOptions(size, null);
            if (query.Length > 0)
            {
                options.FilterQuery = query;
            }

            return read(options, cancellationToken);
        }));
        // Alternatives may overlap.
        var found = order.Sort(pages.SelectMany(page => page.Nodes).DistinctBy(node => order.PositionOf(node).Id));
        var hasMore = found.Count > size || pages.Any(page => !string.IsNullOrEmpty(page.NextToken));
        var nodes = found.Count > size ? [.. found.Take(size)] : found;
        return new(nodes, hasMore && nodes.Count > 0 ? new PagePosition(null, order.PositionOf(nodes[^1])) : null);
    }

    [LoggerMessage(LogLevel.Warning, "MLMD refuses a filter ({Status}); the gateway selects by itself")]
    private partial void LogRefused(StatusCode status);
}
