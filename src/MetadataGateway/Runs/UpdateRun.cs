using MetadataGateway.Http;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;

namespace MetadataGateway.Runs;

internal static class UpdateRun
{
    public static async Task<ResourceResult<RunResource>> Handle(
        string workspace, string run, MergePatchBody<LabelledContextRequest> body, ReturnPreference preference, HttpRequest request,
        WorkspaceDirectory workspaces, RunDirectory runs, RunFinder finder, KeyedLocks locks, CancellationToken cancellationToken)
    {
        var workspaceId = await workspaces.GetIdAsync(workspace, cancellationToken);
        using var held = await locks.AcquireAsync($"run/{workspaceId}/{run}", cancellationToken);
        var stored = await finder.FindAsync(workspaceId, run, cancellationToken) ?? throw RunDirectory.NotFound(workspace, run);
        var resource = RunResource.From(stored, workspace);
        var changed = LabelledContextChange.Patch(stored, resource, body.Patch);
        EntityTag.RequireMatch(request, resource.Etag);
        var updated = await runs.StoreAsync(workspaceId, stored, changed, readBack: !preference.IsMinimal, cancellationToken);
        return preference.IsMinimal
            ? ResourceResult<RunResource>.Minimal(MinimalResource.Of(updated.Id))
            : ResourceResult<RunResource>.Ok(RunResource.From(updated, workspace));
    }
}
