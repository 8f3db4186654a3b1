using MetadataGateway.Http;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;

namespace MetadataGateway.Workspaces;

internal static class UpdateWorkspace
{
    public static async Task<ResourceResult<WorkspaceResource>> Handle(
        string workspace, MergePatchBody<LabelledContextRequest> body, ReturnPreference preference, HttpRequest request,
        WorkspaceDirectory workspaces, LabelledContextStore contexts, KeyedLocks locks, CancellationToken cancellationToken)
    {
        using var held = await locks.AcquireAsync($"workspace/{workspace}", cancellationToken);
        var stored = await workspaces.FindAsync(workspace, cancellationToken) ?? throw WorkspaceDirectory.NotFound(workspace);
        var resource = WorkspaceResource.From(stored);
        var changed = LabelledContextChange.Patch(stored, resource, body.Patch);
        EntityTag.RequireMatch(request, resource.Etag);
        var updated = await contexts.UpdateAsync(stored, changed, readBack: !preference.IsMinimal, cancellationToken);
        return preference.IsMinimal
            ? ResourceResult<WorkspaceResource>.Minimal(MinimalResource.Of(updated.Id))
            : ResourceResult<WorkspaceResource>.Ok(WorkspaceResource.From(updated));
    }
}
