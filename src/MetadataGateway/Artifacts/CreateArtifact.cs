using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;

namespace MetadataGateway.Artifacts;

/// <summary>Records one artifact, or finds the dataset or model that is the same.</summary>
internal static class CreateArtifact
{
    public static Delegate In(ArtifactKind collectionKind) =>
        (string workspace, RequestBody<ArtifactRequest> body, [AsParameters] IfExistsQuery ifExists, ReturnPreference preference,
            CreateArtifactHandler handler, CancellationToken cancellationToken) =>
            handler.HandleAsync(collectionKind, workspace, body.Value, ifExists.IfExists, preference, cancellationToken);

    public static string Location(long id) => $"/api/v1/artifacts/{ResourceId.Format(id)}";
}

internal sealed class CreateArtifactHandler(
    WorkspaceDirectory workspaces, ArtifactPlanner planner, SubgraphWriter writer, ArtifactUpdater updater, ArtifactReader reader)
{
    public async Task<ResourceResult<ArtifactResource>> HandleAsync(
        ArtifactKind collectionKind, string workspace, ArtifactRequest request, IfExists ifExists, ReturnPreference preference,
        CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(request.Workspace) && request.Workspace != workspace)
        {
            throw ProblemException.Invalid("workspace", $"must be '{workspace}', as in the path, or left out.");
        }

        var kind = ArtifactValidator.KindOf(request, collectionKind)!.Value;
        var scope = new RecordScope(
            workspace, await workspaces.GetIdAsync(workspace, cancellationToken), string.IsNullOrEmpty(request.Run) ? null : request.Run);
        var artifact = await SubgraphWriter.RetryLostRacesAsync(async () =>
        {
            var plan = await planner.PlanAsync([new GivenArtifact(request, kind, "")], workspace, scope.Run, ifExists, cancellationToken);
            await StoreAsync(scope, plan, cancellationToken);
            return plan[0];
        });

        if (preference.IsMinimal)
        {
            return ResourceResult<ArtifactResource>.Minimal(MinimalResource.Of(artifact.Id), CreateArtifact.Location(artifact.Id), artifact.IsNew);
        }

        var stored = artifact.Stored is { } reused && artifact.Node is null ? reused : await reader.GetAsync(artifact.Id, cancellationToken);
        var resource = await reader.ToResourceAsync(stored, cancellationToken);
        resource.Conflicts = artifact.Conflicts;
        return ResourceResult<ArtifactResource>.Created(resource, CreateArtifact.Location(stored.Id), artifact.IsNew);
    }

    private async Task StoreAsync(RecordScope scope, IReadOnlyList<PlannedArtifact> plan, CancellationToken cancellationToken)
    {
        switch (plan[0])
        {
            case { Stored: { } stored, Node: { } changed }:
                await updater.StoreAsync(stored, changed, cancellationToken);
                break;
            case { Node: not null }:
                await writer.WriteAsync(scope, plan, execution: null, edges: [], cancellationToken);
                break;
        }
    }
}
