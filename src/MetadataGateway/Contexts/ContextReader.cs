using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Contexts;

/// <summary>Contexts by id. Those that only the gateway itself uses do not exist for the API.</summary>
internal sealed class ContextReader(MetadataStoreService.MetadataStoreServiceClient client)
{
    /// <summary>The context of the id in a path; 404 when there is none.</summary>
    public async Task<Context> GetAsync(string pathId, CancellationToken cancellationToken)
    {
        var id = ResourceId.ParsePath(pathId, "Context");
        var answer = await client.GetContextsByIDAsync(new() { ContextIds = { id } }, cancellationToken: cancellationToken);
        return answer.Contexts.FirstOrDefault(IsVisible) ?? throw ProblemException.NotFound($"Context {id}");
    }

    /// <summary>All contexts that it is directly in: MLMD has no pages of them.</summary>
    public async Task<IReadOnlyList<Context>> GetParentsAsync(Context context, CancellationToken cancellationToken) =>
        (await client.GetParentContextsByContextAsync(new() { ContextId = context.Id }, cancellationToken: cancellationToken)).Contexts;

    /// <summary>All contexts that are directly in it.</summary>
    public async Task<IReadOnlyList<Context>> GetChildrenAsync(Context context, CancellationToken cancellationToken) =>
        (await client.GetChildrenContextsByContextAsync(new() { ContextId = context.Id }, cancellationToken: cancellationToken)).Contexts;

    public static bool IsVisible(Context context) => !KubeflowTypes.IsInternal(context.Type);

    /// <summary>What the filter says of a context; null when there is none.</summary>
    public static Func<Context, bool>? Selector(LabelledContextPageQuery query) =>
        query.Selector<Context>((context, field) => LabelledContextFilter.ValueOf(context, field, context.Name));

    /// <summary>The workspace of its records that do not say it themselves.</summary>
    public static string? WorkspaceNameOf(Context context) => context.Type == KubeflowTypes.Workspace.Name ? context.Name : null;

    public static Task<IReadOnlyList<ContextResource>> ToResourcesAsync(IReadOnlyList<Context> contexts) =>
        Task.FromResult<IReadOnlyList<ContextResource>>([.. contexts.Select(ContextResource.From)]);
}
