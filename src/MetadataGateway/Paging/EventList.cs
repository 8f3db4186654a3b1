using MlMetadata;

namespace MetadataGateway.Paging;

/// <summary>One page of what hangs on a single record. MLMD gives all of a record's events at once; only the far ends are read page by page.</summary>
internal static class EventList
{
    /// <param name="query">Page asked for.</param>
    /// <param name="request">What the token is bound to.</param>
    /// <param name="events">All events, in the order of the list, each far end once.</param>
    /// <param name="farEnd">Id of the record at the other end.</param>
    /// <param name="toItems">The items of a page.</param>
    public static async Task<ListResult<T>> RunAsync<T>(
        PageQuery query, HttpRequest request, IReadOnlyList<Event> events, Func<Event, long> farEnd, Func<IReadOnlyList<Event>, Task<IReadOnlyList<T>>> toItems)
    {
        var start = 0;
        if (PageToken.Parse(query.PageToken, request).After is { } after)
        {
            // The record after which to go on; events are never removed, so it is still there.
            start = events.TakeWhile(linkEvent => farEnd(linkEvent) != after.Id).Count() + 1;
        }

        var page = events.Skip(start).Take(query.PageSize).ToList();
        var hasMore = start + page.Count < events.Count;
        return new ListResult<T>
        {
            Items = await toItems(page),
            NextPageToken = hasMore ? new PageToken(null, new NodePosition(0, farEnd(page[^1]))).Format(request) : null,
        };
    }
}
