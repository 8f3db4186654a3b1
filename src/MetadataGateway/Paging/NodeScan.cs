namespace MetadataGateway.Paging;

/// <summary>What a scan found, where it goes on (null: at the end), how many records it looked at, and whether the budget stopped it.</summary>
internal sealed record ScannedNodes<TNode>(IReadOnlyList<TNode> Nodes, PagePosition? Next, int Examined, bool IsComplete);

/// <summary>
/// Fills one page of the API from pages of MLMD. MLMD gives at most 100 records a page (asked for more, it loses the rest), and what it cannot
/// select by itself is left to <c>keep</c>, within a budget of records.
/// </summary>
internal static class NodeScan
{
    public const int StorePageSize = 100;

    /// <param name="read">Pages of MLMD.</param>
    /// <param name="order">Their order.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="size">Records wanted.</param>
    /// <param name="keep">What MLMD cannot select; null when it selects all.</param>
    /// <param name="budget">Records to look at.</param>
    /// <param name="until">The last position of the list; null when it has none.</param>
    /// <param name="cancellationToken">The request's.</param>
    public static async Task<ScannedNodes<TNode>> RunAsync<TNode>(
        ReadNodes<TNode> read, NodeOrder order, PagePosition start, int size, Func<TNode, bool>? keep, int budget, NodePosition? until, CancellationToken cancellationToken)
        where TNode : class
    {
        var found = new List<TNode>();
        var examined = 0;
        var at = start;
        while (true)
        {
            var page = await read(at, keep is null ? Math.Min(StorePageSize, size - found.Count) : StorePageSize, cancellationToken);
            foreach (var node in page.Nodes)
            {
                var position = order.PositionOf(node);
                if (until is { } end && order.IsAfter(position, end))
                {
                    return new(found, null, examined, true);
                }

                if (found.Count == size || examined == budget)
                {
                    return new(found, at with { IsInside = true }, examined, found.Count == size);
                }

                examined++;
                at = at with { After = position };
                if (keep is null || keep(node))
                {
                    found.Add(node);
                }
            }

            if (page.Next is null)
            {
                return new(found, null, examined, true);
            }

            at = page.Next;
            if (found.Count == size || examined == budget)
            {
                return new(found, at, examined, found.Count == size);
            }
        }
    }
}
