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
            // MLMD has neither pages nor an order here.
            return await list.RunAsync(
                query, request, new NodeQuery<Context> { All = [.. related.Where(ContextReader.IsVisible)], Keep = ContextReader.Selector(query) },
                ContextReader.ToResourcesAsync, cancellationToken);
        };
}
