using MetadataGateway.Http;

namespace MetadataGateway.Workspaces;

internal static class GetWorkspace
{
    public static async Task<ResourceResult<WorkspaceResource>> Handle(string workspace, WorkspaceDirectory workspaces, CancellationToken cancellationToken) =>
        await workspaces.FindAsync(workspace, cancellationToken) is { } context
            ? ResourceResult<WorkspaceResource>.Ok(WorkspaceResource.From(context))
            : throw WorkspaceDirectory.NotFound(workspace);
}
