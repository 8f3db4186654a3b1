using MetadataGateway.Http;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;

namespace MetadataGateway.Runs;

/// <summary>Declares a run: creates it, or replaces the description and labels of the one that is there.</summary>
internal static class PutRun
{
    public static async Task<ResourceResult<RunResource>> Handle(
        string workspace, string run, RequestBody<LabelledContextRequest> body, HttpRequest request,
        WorkspaceDirectory workspaces, RunDirectory runs, RunFinder finder, KeyedLocks locks, CancellationToken cancellationToken)
    {
        var workspaceId = await workspaces.GetIdAsync(workspace, cancellationToken);
        using var held = await locks.AcquireAsync($"run/{workspaceId}/{run}", cancellationToken);
        var stored = await finder.FindAsync(workspaceId, run, cancellationToken);
        var isNew = false;
        if (stored is null)
        {
            NamePath.Require(run);
            var declared = LabelledContextChange.Replace(
                RunDirectory.NewContext(workspaceId, run), new { Name = run, Workspace = workspace }, body.Value);
            EntityTag.RequireMatch(request, null);
            (stored, isNew) = await runs.CreateAsync(workspaceId, declared, cancellationToken);
        }

        if (!isNew)
        {
            var resource = RunResource.From(stored, workspace);
            var declared = LabelledContextChange.Replace(stored, resource, body.Value);
            EntityTag.RequireMatch(request, resource.Etag);
            EntityTag.RequireNoneMatch(request, resource.Etag);
            stored = await runs.StoreAsync(workspaceId, stored, declared, readBack: true, cancellationToken);
        }

        return ResourceResult<RunResource>.Created(RunResource.From(stored, workspace), CreateRun.Location(workspace, run), isNew);
    }
}
