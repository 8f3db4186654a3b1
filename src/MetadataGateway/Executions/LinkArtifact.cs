using MetadataGateway.Artifacts;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>Links one artifact to an execution that is there: 201 for a new link, 200 for one that was there.</summary>
internal static class LinkArtifact
{
    public static Delegate In(LinkDirection direction) =>
        (string executionId, RequestBody<LinkRequest> body, [AsParameters] IfExistsQuery query, ReturnPreference preference,
            IdempotencyKey key, LinkArtifactHandler handler, CancellationToken cancellationToken) => handler.HandleAsync(
                ResourceId.ParsePath(executionId, "Execution"), direction, body.Value, query.IfExists, preference, key.Of(body), cancellationToken);
}

internal sealed class LinkArtifactHandler(
    ExecutionReader reader, WorkspaceDirectory workspaces, LinkPlanner links, SubgraphWriter writer, Replays replays, TimeProvider timeProvider)
{
    public Task<IResult> HandleAsync(
        long executionId, LinkDirection direction, LinkRequest link, IfExists ifExists, ReturnPreference preference, KeyedRequest? keyed,
        CancellationToken cancellationToken) =>
        replays.RunAsync(
            keyed,
            async () =>
            {
                var execution = await reader.GetAsync(executionId, cancellationToken);
                var scope = await GetScopeAsync(execution, link, cancellationToken);
                var (linkEvent, isNew, artifact) = await SubgraphWriter.RetryLostRacesAsync(
                    () => LinkAsync(executionId, direction, link, scope, ifExists, keyed, cancellationToken));
                return await AnswerAsync(linkEvent, artifact, isNew, preference, cancellationToken);
            },
            async marker =>
            {
                var artifact = (await replays.PlanAsync(marker, [new GivenLink(link, "").Artifact], ifExists, cancellationToken))[0];
                var linkEvent = await FindAsync(executionId, direction, artifact, cancellationToken)
                    ?? throw new ProblemException(ProblemType.StoreFailed, $"The link to artifact {artifact.Id} was stored but cannot be read.");
                return await AnswerAsync(linkEvent, artifact, isNew: false, preference, cancellationToken);
            },
            cancellationToken);

    private async Task<IResult> AnswerAsync(
        Event linkEvent, PlannedArtifact artifact, bool isNew, ReturnPreference preference, CancellationToken cancellationToken)
    {
        var location = CreateArtifact.Location(artifact.Id);
        if (preference.IsMinimal)
        {
            return new MinimalResult(new MinimalLink(ResourceId.Format(artifact.Id), linkEvent.KeyOf()), location, isNew);
        }

        var items = await reader.ToLinksAsync([linkEvent], cancellationToken);
        items[0].Artifact.Conflicts = artifact.Conflicts;
        return isNew ? TypedResults.Created(location, items[0]) : new OkWithLocation<LinkResource>(location, items[0]);
    }

    private async Task<Event?> FindAsync(long executionId, LinkDirection direction, PlannedArtifact artifact, CancellationToken cancellationToken)
    {
        var events = await reader.GetEventsAsync(executionId, cancellationToken);
        return ExecutionReader.LinksOf(events, direction).FirstOrDefault(linkEvent => linkEvent.ArtifactId == artifact.Id);
    }

    private async Task<(Event Event, bool IsNew, PlannedArtifact Artifact)> LinkAsync(
        long executionId, LinkDirection direction, LinkRequest link, RecordScope scope, IfExists ifExists, KeyedRequest? keyed,
        CancellationToken cancellationToken)
    {
        var planned = (await links.PlanAsync([new GivenLink(link, "")], scope, ifExists, cancellationToken))[0];
        var artifact = planned.Artifact;
        if (artifact.Stored is not null && await FindAsync(executionId, direction, artifact, cancellationToken) is { } existing)
        {
            RequireSameKey(existing, planned.Key);
            if (artifact.Node is not null || keyed is not null)
            {
                await writer.WriteAsync(scope, [artifact], execution: null, edges: [], keyed?.With([artifact]), cancellationToken);
            }

            return (existing, false, artifact);
        }

        var linkEvent = EventMapping.NewEvent(direction, planned.Key, timeProvider.GetUtcNow());
        linkEvent.ExecutionId = executionId;
        await writer.WriteAsync(scope, [artifact], execution: null, [(artifact, linkEvent)], keyed?.With([artifact]), cancellationToken);
        linkEvent.ArtifactId = artifact.Id;
        return (linkEvent, true, artifact);
    }

    // MLMD keeps one event per artifact, execution and direction, and cannot change it.
    private static void RequireSameKey(Event existing, string? key)
    {
        if (key is not null && key != existing.KeyOf())
        {
            throw new ProblemException(
                ProblemType.AlreadyExists, $"Artifact {existing.ArtifactId} is linked already, under {(existing.KeyOf() is { } stored ? $"the key '{stored}'" : "no key")}.");
        }
    }

    private async Task<RecordScope> GetScopeAsync(Execution execution, LinkRequest link, CancellationToken cancellationToken)
    {
        var workspace = await reader.FindWorkspaceAsync(execution, cancellationToken);
        var needsWorkspace = string.IsNullOrEmpty(link.ArtifactId);
        var workspaceId = workspace is null ? null : await workspaces.FindIdAsync(workspace, cancellationToken);
        if (needsWorkspace && workspaceId is null)
        {
            throw ProblemException.Unresolved("artifactId", $"Execution {execution.Id} belongs to no workspace, so artifacts can only be linked by 'artifactId'.");
        }

        var run = execution.CustomProperties.GetText(KubeflowPropertyNames.Run);
        if (!string.IsNullOrEmpty(link.Run) && link.Run != run)
        {
            throw ProblemException.Invalid("run", "must be the run of the execution, or left out.");
        }

        return !string.IsNullOrEmpty(link.Workspace) && link.Workspace != workspace
            ? throw ProblemException.Invalid("workspace", $"must be '{workspace}', that of the execution, or left out.")
            : new RecordScope(workspace ?? "", workspaceId, run);
    }
}
