using MlMetadata;

namespace MetadataGateway.Paging;

/// <summary>One page of MLMD's; an empty token is none.</summary>
internal sealed record NodePage<TNode>(IReadOnlyList<TNode> Nodes, string? NextToken);

/// <summary>What a scan found, where it goes on (null: at the end), how many records it looked at, and whether the budget stopped it.</summary>
internal sealed record ScannedNodes<TNode>(IReadOnlyList<TNode> Nodes, PageToken? Next, int Examined, bool IsComplete);

/// <summary>
/// Fills one page of the API from pages of MLMD. MLMD gives at most 100 records a page (asked for more, it loses the rest), and what it cannot
/// select by itself is left to <c>keep</c>, within a budget of records.
/// </summary>
internal static class NodeScan
{
    private const int StorePageSize = 100;

    public static async Task<ScannedNodes<TNode>> RunAsync<TNode>(
        Func<ListOperationOptions, CancellationToken, Task<NodePage<TNode>>> read,
        NodeOrder order, PageToken start, int size, Func<TNode, bool>? keep, int budget, CancellationToken cancellationToken)
        where TNode : class
    {
        var found = new List<TNode>();
        var examined = 0;
        var (token, after) = (start.StoreToken, start.After);
        while (true)
        {
            // Inside a page the rest is asked for again, and what was given before is skipped.
            var wanted = keep is null && after is null ? Math.Min(StorePageSize, size - found.Count) : StorePageSize;
            var page = await read(order.ToOptions(wanted, token), cancellationToken);
            var last = after;
            foreach (var node in page.Nodes)
            {
                var position = order.PositionOf(node);
                if (last is { } previous && !order.IsAfter(position, previous))
                {
                    continue;
                }

                if (found.Count == size || examined == budget)
                {
                    return new(found, new PageToken(token, last), examined, found.Count == size);
                }

                examined++;
                last = position;
                if (keep is null || keep(node))
                {
                    found.Add(node);
                }
            }

            if (string.IsNullOrEmpty(page.NextToken))
            {
                return new(found, null, examined, true);
            }

            (token, after) = (page.NextToken, null);
            if (found.Count == size || examined == budget)
            {
                return new(found, new PageToken(token, null), examined, found.Count == size);
            }
        }
    }
}
