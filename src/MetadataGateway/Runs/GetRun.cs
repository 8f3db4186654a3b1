using MetadataGateway.Http;
using MetadataGateway.Workspaces;

namespace MetadataGateway.Runs;

internal static class GetRun
{
    public static async Task<ResourceResult<RunResource>> Handle(
        string workspace, string run, WorkspaceDirectory workspaces, RunFinder runs, CancellationToken cancellationToken)
    {
        var workspaceId = await workspaces.GetIdAsync(workspace, cancellationToken);
        return await runs.FindAsync(workspaceId, run, cancellationToken) is { } context
            ? ResourceResult<RunResource>.Ok(RunResource.From(context, workspace))
            : throw RunDirectory.NotFound(workspace, run);
    }
}
