using Grpc.Core;
using MetadataGateway.Paging;
using OrderField = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.Adoption;

/// <summary>Up to where a growing list is done for good: its last record there, and MLMD's token of the page that the next ones stand on.</summary>
internal sealed record ListPosition(long Id, string? Token)
{
    public static ListPosition Start { get; } = new(0, null);
}

/// <summary>How many records were handled, and whether none is left.</summary>
internal readonly record struct ListProgress(int Examined, bool IsComplete);

/// <summary>
/// Hands on each record of an MLMD list once, in order of id, however the list grows. MLMD gives ids before it commits, so a record may appear
/// behind one with a higher id: what is younger than a minute is read again, and the position stays before it. Not for several callers at once.
/// </summary>
/// <param name="read">One page of MLMD's, in the order of the options.</param>
/// <param name="timeProvider">Tells how old a record is. A store whose clock is more than a minute behind this one's makes records look settled too early.</param>
internal sealed class GrowingList<TNode>(ReadStorePage<TNode> read, TimeProvider timeProvider)
    where TNode : class
{
    // MLMD gives no more on a page.
    private const int PageSize = 100;

    // How much of what was handled before a quick reading reads again, so that it stays cheap behind a large import.
    private const int RepeatedPages = 10;

    private static readonly TimeSpan SettlingTime = TimeSpan.FromMinutes(1);
    private static readonly NodeOrder ByCreateTime = new(OrderField.CreateTime, true);

    private readonly HashSet<long> _handled = [];
    // Tokens of the pages from the settled position on; the last one is read next.
    private readonly List<string?> _pages = [null];
    // Whether all records read since the settled position were old.
    private bool _isSettling = true;
    private bool _isAtEnd;

    public ListPosition Settled { get; private set; } = ListPosition.Start;

    /// <summary>Goes on from another position, which somebody else has reached.</summary>
    public void MoveTo(ListPosition position)
    {
        Settled = position;
        _handled.RemoveWhere(id => id <= position.Id);
        _pages.Clear();
        _pages.Add(position.Token);
        (_isSettling, _isAtEnd) = (true, false);
    }

    /// <summary>
    /// Hands on what is new, at most <paramref name="budget"/> records, and goes on where the reading before stopped. A failure of
    /// <paramref name="handle"/> leaves its records to the next reading.
    /// </summary>
    /// <param name="handle">Takes up to a hundred records at a time.</param>
    /// <param name="budget">Most records to hand on.</param>
    /// <param name="isThorough">Read everything young again, rather than the last pages only.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<ListProgress> ReadAsync(
        Func<IReadOnlyList<TNode>, CancellationToken, Task> handle, int budget, bool isThorough, CancellationToken cancellationToken)
    {
        if (_isAtEnd)
        {
            BeginAgain(isThorough);
        }

        var examined = 0;
        // Pages of which nothing is new cost a call, too.
        for (var pagesLeft = (budget / PageSize) + RepeatedPages + 1; pagesLeft > 0; pagesLeft--)
        {
            var settledBefore = (timeProvider.GetUtcNow() - SettlingTime).ToUnixTimeMilliseconds();
            var page = await ReadPageAsync(cancellationToken);
            var fresh = page.Nodes.Where(IsNew).ToList();
            var taken = fresh.Take(budget - examined).ToList();
            if (taken.Count > 0)
            {
                await handle(taken, cancellationToken);
                examined += taken.Count;
                _handled.UnionWith(taken.Select(IdOf));
            }

            if (taken.Count < fresh.Count)
            {
                return new(examined, false);
            }

            Settle(page.Nodes, settledBefore);
            if (string.IsNullOrEmpty(page.NextToken))
            {
                _isAtEnd = true;
                return new(examined, true);
            }

            if (_isSettling)
            {
                Settled = Settled with { Token = page.NextToken };
                _pages.Clear();
            }

            _pages.Add(page.NextToken);
        }

        return new(examined, false);
    }

    private static long IdOf(TNode node) => ByCreateTime.PositionOf(node).Id;

    private bool IsNew(TNode node) => IdOf(node) is var id && id > Settled.Id && !_handled.Contains(id);

    private void BeginAgain(bool isThorough)
    {
        var first = isThorough ? 0 : Math.Max(0, _pages.Count - RepeatedPages);
        _pages.RemoveRange(first + 1, _pages.Count - first - 1);
        (_isSettling, _isAtEnd) = (first == 0, false);
    }

    private async Task<StorePage<TNode>> ReadPageAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await read(NodeOrder.ById.ToOptions(PageSize, _pages[^1]), cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.InvalidArgument && _pages[^1] is not null)
        {
            // Tokens are MLMD's own business: another release, or another implementation on the same database, may not know this one.
            MoveTo(Settled with { Token = null });
            return await read(NodeOrder.ById.ToOptions(PageSize, null), cancellationToken);
        }
    }

    private void Settle(IReadOnlyList<TNode> nodes, long settledBefore)
    {
        foreach (var node in nodes.Where(node => IdOf(node) > Settled.Id))
        {
            if (_isSettling && ByCreateTime.PositionOf(node).Time <= settledBefore)
            {
                Settled = Settled with { Id = IdOf(node) };
                _handled.Remove(IdOf(node));
            }
            else
            {
                _isSettling = false;
            }
        }
    }
}
