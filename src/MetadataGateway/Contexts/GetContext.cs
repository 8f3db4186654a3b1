using MetadataGateway.Http;

namespace MetadataGateway.Contexts;

internal static class GetContext
{
    public static async Task<ResourceResult<ContextResource>> Handle(string contextId, ContextReader contexts, CancellationToken cancellationToken) =>
        ResourceResult<ContextResource>.Ok(ContextResource.From(await contexts.GetAsync(contextId, cancellationToken)));
}
