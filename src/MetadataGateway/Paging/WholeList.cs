namespace MetadataGateway.Paging;

/// <summary>
/// One page of what MLMD gives all at once: the types of a kind, the events of a record. Only what the items need besides is read page by page.
/// </summary>
internal static class WholeList
{
    /// <param name="query">Page asked for.</param>
    /// <param name="request">What the token is bound to.</param>
    /// <param name="all">All of it, in the order of the list.</param>
    /// <param name="idOf">Tells the elements apart.</param>
    /// <param name="toItems">The items of a page.</param>
    public static async Task<ListResult<TItem>> RunAsync<TElement, TItem>(
        PageQuery query, HttpRequest request, IReadOnlyList<TElement> all, Func<TElement, long> idOf,
        Func<IReadOnlyList<TElement>, Task<IReadOnlyList<TItem>>> toItems)
    {
        var start = 0;
        if (PageToken.Parse(query.PageToken, request).Position.After is { } after)
        {
            // The element after which to go on; neither types nor events are ever removed, so it is still there.
            start = all.TakeWhile(element => idOf(element) != after.Id).Count() + 1;
        }

        var page = all.Skip(start).Take(query.PageSize).ToList();
        var hasMore = start + page.Count < all.Count;
        return new ListResult<TItem>
        {
            Items = await toItems(page),
            NextPageToken = hasMore ? new PageToken(new PagePosition(null, new NodePosition(0, idOf(page[^1])))).Format(request) : null,
        };
    }
}
