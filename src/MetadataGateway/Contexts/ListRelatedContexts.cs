using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Contexts;

/// <summary>The contexts that a context is directly in, or that are directly in it.</summary>
internal static class ListRelatedContexts
{
    public static Delegate In(Func<ContextReader, Context, CancellationToken, Task<IReadOnlyList<Context>>> read) =>
        async (string contextId, [AsParameters] LabelledContextPageQuery query, HttpRequest request, NodeList list, ContextReader contexts,
            CancellationToken cancellationToken) =>
        {
            var related = await read(contexts, await contexts.GetAsync(contextId, cancellationToken), cancellationToken);
            var ordered = query.Order.Sort(related.Where(ContextReader.IsVisible));
            // MLMD has neither pages nor an order here: all of them are its one page.
            return await list.RunAsync<Context, ContextResource>(
                query, request, (_, _) => Task.FromResult(new NodePage<Context>(ordered, null)), ContextReader.Selector(query), ContextReader.ToResourcesAsync, cancellationToken);
        };
}
