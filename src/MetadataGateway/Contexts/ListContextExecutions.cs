using MetadataGateway.Executions;
using MetadataGateway.Paging;

namespace MetadataGateway.Contexts;

/// <summary>The executions that are associated with a context.</summary>
internal static class ListContextExecutions
{
    public static async Task<ListResult<ExecutionResource>> Handle(
        string contextId, [AsParameters] ExecutionPageQuery query, HttpRequest request, ContextReader contexts, ListExecutionsHandler handler,
        CancellationToken cancellationToken)
    {
        var context = await contexts.GetAsync(contextId, cancellationToken);
        return await handler.ListAsync(context.Id, ContextReader.WorkspaceNameOf(context), run: null, query, request, cancellationToken);
    }
}
