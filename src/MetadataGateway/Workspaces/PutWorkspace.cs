using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;

namespace MetadataGateway.Workspaces;

/// <summary>Declares a workspace: creates it, or replaces the description and labels of the one that is there.</summary>
internal static class PutWorkspace
{
    public static async Task<ResourceResult<WorkspaceResource>> Handle(
        string workspace, RequestBody<LabelledContextRequest> body, HttpRequest request,
        WorkspaceDirectory workspaces, LabelledContextStore contexts, KubeflowTypeRegistry types, KeyedLocks locks, CancellationToken cancellationToken)
    {
        using var held = await locks.AcquireAsync($"workspace/{workspace}", cancellationToken);
        var stored = await workspaces.FindAsync(workspace, cancellationToken);
        var isNew = false;
        if (stored is null)
        {
            // Only a new name has to keep our rules: one that another client stored is addressed as it is.
            NamePath.Require(workspace);
            var declared = LabelledContextChange.Replace(
                await CreateWorkspace.NewContext(workspace, null, null, types, cancellationToken), new { Name = workspace }, body.Value);
            EntityTag.RequireMatch(request, null);
            (stored, isNew) = await contexts.CreateAsync(KubeflowTypes.Workspace.Name, declared, cancellationToken);
        }

        if (!isNew)
        {
            var resource = WorkspaceResource.From(stored);
            var declared = LabelledContextChange.Replace(stored, resource, body.Value);
            EntityTag.RequireMatch(request, resource.Etag);
            EntityTag.RequireNoneMatch(request, resource.Etag);
            stored = await contexts.UpdateAsync(stored, declared, cancellationToken);
        }

        return ResourceResult<WorkspaceResource>.Created(WorkspaceResource.From(stored), CreateWorkspace.Location(workspace), isNew);
    }
}
