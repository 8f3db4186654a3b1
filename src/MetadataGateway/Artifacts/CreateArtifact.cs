using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;

namespace MetadataGateway.Artifacts;

/// <summary>Records one artifact, or finds the dataset or model that is the same.</summary>
internal static class CreateArtifact
{
    public static Delegate In(ArtifactKind collectionKind) =>
        (string workspace, RequestBody<ArtifactRequest> body, [AsParameters] IfExistsQuery ifExists, ReturnPreference preference,
            IdempotencyKey key, CreateArtifactHandler handler, CancellationToken cancellationToken) =>
            handler.HandleAsync(collectionKind, workspace, body.Value, ifExists.IfExists, preference, key.Of(body), cancellationToken);

    public static string Location(long id) => $"/api/v1/artifacts/{ResourceId.Format(id)}";
}

internal sealed class CreateArtifactHandler(
    WorkspaceDirectory workspaces, ArtifactPlanner planner, SubgraphWriter writer, ArtifactUpdater updater, ArtifactReader reader, Replays replays)
{
    public Task<ResourceResult<ArtifactResource>> HandleAsync(
        ArtifactKind collectionKind, string workspace, ArtifactRequest request, IfExists ifExists, ReturnPreference preference, KeyedRequest? keyed,
        CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(request.Workspace) && request.Workspace != workspace)
        {
            throw ProblemException.Invalid("workspace", $"must be '{workspace}', as in the path, or left out.");
        }

        var given = new GivenArtifact(request, ArtifactValidator.KindOf(request, collectionKind)!.Value, "");
        return replays.RunAsync(
            keyed,
            async () =>
            {
                var artifact = await RecordAsync(workspace, given, ifExists, keyed, cancellationToken);
                return await AnswerAsync(artifact, artifact.IsNew, preference, cancellationToken);
            },
            async marker =>
            {
                var planned = await replays.PlanAsync(marker, [given], ifExists, cancellationToken);
                return await AnswerAsync(planned[0], isNew: false, preference, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<PlannedArtifact> RecordAsync(
        string workspace, GivenArtifact given, IfExists ifExists, KeyedRequest? keyed, CancellationToken cancellationToken)
    {
        var run = string.IsNullOrEmpty(given.Request.Run) ? null : given.Request.Run;
        var scope = new RecordScope(workspace, await workspaces.GetIdAsync(workspace, cancellationToken), run);
        return await SubgraphWriter.RetryLostRacesAsync(async () =>
        {
            var plan = await planner.PlanAsync([given], workspace, run, ifExists, cancellationToken);
            await StoreAsync(scope, plan[0], keyed, cancellationToken);
            return plan[0];
        });
    }

    private async Task StoreAsync(RecordScope scope, PlannedArtifact artifact, KeyedRequest? keyed, CancellationToken cancellationToken)
    {
        if (artifact is { Stored: { } stored, Node: { } changed })
        {
            // MLMD refuses to overwrite another writer's change only here, so the key comes after: a repeat that does not find it makes the same change.
            await updater.StoreAsync(stored, changed, cancellationToken);
            artifact = new PlannedArtifact { Stored = stored, Id = stored.Id };
        }

        if (artifact.Node is not null || keyed is not null)
        {
            await writer.WriteAsync(scope, [artifact], execution: null, edges: [], keyed?.With([artifact]), cancellationToken);
        }
    }

    private async Task<ResourceResult<ArtifactResource>> AnswerAsync(
        PlannedArtifact artifact, bool isNew, ReturnPreference preference, CancellationToken cancellationToken)
    {
        var location = CreateArtifact.Location(artifact.Id);
        if (preference.IsMinimal)
        {
            return ResourceResult<ArtifactResource>.Minimal(MinimalResource.Of(artifact.Id), location, isNew);
        }

        var stored = artifact.Stored is { } reused && artifact.Node is null ? reused : await reader.GetAsync(artifact.Id, cancellationToken);
        var resource = await reader.ToResourceAsync(stored, cancellationToken);
        resource.Conflicts = artifact.Conflicts;
        return ResourceResult<ArtifactResource>.Created(resource, location, isNew);
    }
}
