using MetadataGateway.Artifacts;
using MetadataGateway.Paging;

namespace MetadataGateway.Contexts;

/// <summary>The artifacts that are attributed to a context, but for deleted ones unless they are asked for.</summary>
internal static class ListContextArtifacts
{
    public static async Task<ListResult<ArtifactResource>> Handle(
        string contextId, [AsParameters] ArtifactPageQuery query, HttpRequest request, ContextReader contexts, ListArtifactsHandler handler,
        CancellationToken cancellationToken)
    {
        var context = await contexts.GetAsync(contextId, cancellationToken);
        return await handler.ListAsync(context.Id, ContextReader.WorkspaceNameOf(context), kind: null, query, request, cancellationToken);
    }
}
