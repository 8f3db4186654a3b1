using MetadataGateway.Artifacts;
using MetadataGateway.Errors;
using MetadataGateway.Http;
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
            LinkArtifactHandler handler, CancellationToken cancellationToken) =>
            handler.HandleAsync(ResourceId.ParsePath(executionId, "Execution"), direction, body.Value, query.IfExists, preference, cancellationToken);
}

internal sealed class LinkArtifactHandler(ExecutionReader reader, WorkspaceDirectory workspaces, LinkPlanner links, SubgraphWriter writer, TimeProvider timeProvider)
{
    public async Task<IResult> HandleAsync(
        long executionId, LinkDirection direction, LinkRequest link, IfExists ifExists, ReturnPreference preference, CancellationToken cancellationToken)
    {
        var execution = await reader.GetAsync(executionId, cancellationToken);
        var scope = await GetScopeAsync(execution, link, cancellationToken);
        var (linkEvent, isNew, artifact) = await SubgraphWriter.RetryLostRacesAsync(
            () => LinkAsync(executionId, direction, link, scope, ifExists, cancellationToken));

        if (preference.IsMinimal)
        {
            var written = new MinimalLink(ResourceId.Format(artifact.Id), linkEvent.KeyOf());
            return new MinimalResult(written, CreateArtifact.Location(artifact.Id), isNew);
        }

        var items = await reader.ToLinksAsync([linkEvent], cancellationToken);
        items[0].Artifact.Conflicts = artifact.Conflicts;
        return isNew
            ? TypedResults.Created(CreateArtifact.Location(artifact.Id), items[0])
            : new OkWithLocation(CreateArtifact.Location(artifact.Id), items[0]);
    }

    private async Task<(Event Event, bool IsNew, PlannedArtifact Artifact)> LinkAsync(
        long executionId, LinkDirection direction, LinkRequest link, RecordScope scope, IfExists ifExists, CancellationToken cancellationToken)
    {
        var planned = (await links.PlanAsync([new GivenLink(link, "")], scope, ifExists, cancellationToken))[0];
        if (planned.Artifact.Stored is not null)
        {
            var events = await reader.GetEventsAsync(executionId, cancellationToken);
            var existing = ExecutionReader.LinksOf(events, direction).FirstOrDefault(linkEvent => linkEvent.ArtifactId == planned.Artifact.Id);
            if (existing is not null)
            {
                RequireSameKey(existing, planned.Key);
                if (planned.Artifact.Node is not null)
                {
                    await writer.WriteAsync(scope, [planned.Artifact], execution: null, edges: [], cancellationToken);
                }

                return (existing, false, planned.Artifact);
            }
        }

        var linkEvent = EventMapping.NewEvent(direction, planned.Key, timeProvider.GetUtcNow());
        linkEvent.ExecutionId = executionId;
        await writer.WriteAsync(scope, [planned.Artifact], execution: null, [(planned.Artifact, linkEvent)], cancellationToken);
        linkEvent.ArtifactId = planned.Artifact.Id;
        return (linkEvent, true, planned.Artifact);
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

    private sealed class OkWithLocation(string location, LinkResource item) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = location;
            return TypedResults.Ok(item).ExecuteAsync(httpContext);
        }
    }
}
