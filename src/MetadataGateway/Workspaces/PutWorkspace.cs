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
        string workspace, MergePatchBody<LabelledContextRequest> body, HttpRequest request,
        WorkspaceDirectory workspaces, LabelledContextStore contexts, KubeflowTypeRegistry types, KeyedLocks locks, CancellationToken cancellationToken)
    {
        NamePath.Require(workspace);
        using var held = await locks.AcquireAsync($"workspace/{workspace}", cancellationToken);
        var stored = await workspaces.FindAsync(workspace, cancellationToken);
        var isNew = false;
        if (stored is null)
        {
            var declared = LabelledContextChange.Replace(
                await CreateWorkspace.NewContext(workspace, null, null, types, cancellationToken), new { Name = workspace }, body.Patch);
            EntityTag.RequireMatch(request, null);
            (stored, isNew) = await contexts.CreateAsync(KubeflowTypes.Workspace.Name, declared, cancellationToken);
        }

        if (!isNew)
        {
            var resource = WorkspaceResource.From(stored);
            var declared = LabelledContextChange.Replace(stored, resource, body.Patch);
            EntityTag.RequireMatch(request, resource.Etag);
            EntityTag.RequireNoneMatch(request, resource.Etag);
            stored = await contexts.UpdateAsync(stored, declared, cancellationToken);
        }

        return ResourceResult<WorkspaceResource>.Created(WorkspaceResource.From(stored), CreateWorkspace.Location(workspace), isNew);
    }
}
