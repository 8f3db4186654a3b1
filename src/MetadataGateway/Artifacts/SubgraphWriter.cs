using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.Idempotency;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Runs;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>Where new records go: a workspace, and a run that is made when missing. Without an id the workspace does not exist (yet).</summary>
internal sealed record RecordScope(string Workspace, long? WorkspaceId, string? Run);

/// <summary>
/// The one way records are written: a single PutLineageSubgraph, which MLMD runs as one transaction. Contexts are given by type and name and
/// reused as they are; only the nodes in the lists are attributed to them, so foreign inputs, linked by id, are not.
/// </summary>
internal sealed class SubgraphWriter(
    MetadataStoreService.MetadataStoreServiceClient client, KubeflowTypeRegistry types, RunDirectory runs, ContextSpelling spelling, RequestMarkers markers)
{
    /// <summary>
    /// Plans and writes until no other writer interferes: a dataset that somebody recorded in between is found by the next plan. Nothing is stored
    /// by an attempt that lost.
    /// </summary>
    public static async Task<T> RetryLostRacesAsync<T>(Func<Task<T>> planAndWrite)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await planAndWrite();
            }
            catch (LostRaceException) when (attempt < 10)
            {
            }
            catch (LostRaceException exception)
            {
                throw new ProblemException(ProblemType.Aborted, "Other writers recorded or changed the same at the same time. Send the request again.", cause: exception);
            }
        }
    }

    /// <summary>
    /// Writes the planned artifacts that have something to write, with the execution and edges given; fills in their ids. A request with a key leaves
    /// its marker in the same write, be it all that is written.
    /// </summary>
    /// <returns>The execution's id, 0 without one.</returns>
    /// <exception cref="KeyTakenException">The request with this key has been recorded before.</exception>
    public async Task<long> WriteAsync(
        RecordScope scope, IReadOnlyCollection<PlannedArtifact> artifacts, Execution? execution,
        IReadOnlyList<(PlannedArtifact Artifact, Event Event)> edges, KeyedWrite? keyed, CancellationToken cancellationToken)
    {
        try
        {
            return await PutAsync(scope, artifacts, execution, edges, keyed, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            await CheckExecutionKeyAsync(execution, cancellationToken);
            if (!await GiveUpTakenKeysAsync(artifacts, cancellationToken))
            {
                throw new LostRaceException(exception);
            }
        }

        try
        {
            return await PutAsync(scope, artifacts, execution, edges, keyed, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            throw new LostRaceException(exception);
        }
    }

    private async Task<long> PutAsync(
        RecordScope scope, IReadOnlyCollection<PlannedArtifact> artifacts, Execution? execution,
        IReadOnlyList<(PlannedArtifact Artifact, Event Event)> edges, KeyedWrite? keyed, CancellationToken cancellationToken)
    {
        var written = artifacts.Where(artifact => artifact.Node is not null).Distinct().ToList();
        var request = new PutLineageSubgraphRequest { Options = new() { ReuseContextIfAlreadyExist = true } };
        request.Artifacts.AddRange(written.Select(artifact => artifact.Node));
        if (execution is not null)
        {
            request.Executions.Add(execution);
        }

        foreach (var (artifact, edgeEvent) in edges)
        {
            var edge = new PutLineageSubgraphRequest.Types.EventEdge { Event = edgeEvent };
            if (execution is not null)
            {
                edge.ExecutionIndex = 0;
            }

            if (artifact.Node is not null)
            {
                edge.ArtifactIndex = written.IndexOf(artifact);
            }
            else
            {
                edgeEvent.ArtifactId = artifact.Id;
            }

            request.EventEdges.Add(edge);
        }

        if (written.Count > 0 || execution is not null)
        {
            await AddContextsAsync(request, scope, cancellationToken);
        }

        var runIndex = request.Contexts.Count - 1;
        var answer = await PutAsync(request, keyed, cancellationToken);
        for (var i = 0; i < written.Count; i++)
        {
            written[i].Id = answer.ArtifactIds[i];
        }

        if (scope is { Run: not null, WorkspaceId: { } workspaceId } && runIndex > 0)
        {
            await runs.LinkToWorkspaceAsync(workspaceId, answer.ContextIds[runIndex], cancellationToken);
        }

        return answer.ExecutionIds.Count > 0 ? answer.ExecutionIds[0] : 0;
    }

    // ABORTED (two writers made the run's context at once, or the database chose a victim) has been repeated for as long as it may by then.
    private async Task<PutLineageSubgraphResponse> PutAsync(PutLineageSubgraphRequest request, KeyedWrite? keyed, CancellationToken cancellationToken) =>
        keyed is null
            ? await client.PutLineageSubgraphAsync(request, cancellationToken: cancellationToken)
            : await markers.PutAsync(request, keyed, cancellationToken);

    // Which external ids of the write are taken, and by what. A client's own id in use by a different artifact ends the request; a dedup key that
    // a record holds which cannot be reused (deleted, or changed by another client) is given up.
    private async Task<bool> GiveUpTakenKeysAsync(IEnumerable<PlannedArtifact> artifacts, CancellationToken cancellationToken)
    {
        var keyed = artifacts.Where(artifact => artifact.Node?.HasExternalId == true).Distinct().ToList();
        if (keyed.Count == 0)
        {
            return false;
        }

        var taken = await FindByExternalIdsAsync(keyed.Select(artifact => artifact.Node!.ExternalId), cancellationToken);
        var gaveUp = false;
        foreach (var artifact in keyed)
        {
            if (!taken.TryGetValue(artifact.Node!.ExternalId, out var holder) || holder.Id == artifact.Id
                || (artifact.Identity is not null && ArtifactIdentity.Of(holder) == artifact.Identity))
            {
                continue;
            }

            if (RecordProperties.PublicExternalId(artifact.Node.ExternalId) is { } own)
            {
                throw KeyTaken($"{artifact.Path}externalId", own, $"artifact {holder.Id}");
            }

            artifact.Node.ClearExternalId();
            gaveUp = true;
        }

        return gaveUp;
    }

    private async Task CheckExecutionKeyAsync(Execution? execution, CancellationToken cancellationToken)
    {
        if (execution?.HasExternalId != true)
        {
            return;
        }

        try
        {
            var answer = await client.GetExecutionsByExternalIdsAsync(new() { ExternalIds = { execution.ExternalId } }, cancellationToken: cancellationToken);
            throw KeyTaken("externalId", execution.ExternalId, $"execution {answer.Executions[0].Id}");
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // Free: something else collided.
        }
    }

    private static ProblemException KeyTaken(string path, string externalId, string holder) =>
        new(ProblemType.AlreadyExists, $"{path}: '{externalId}' is the external id of {holder}.", [new Fault(path, $"'{externalId}' is taken by {holder}.")]);

    private async Task<Dictionary<string, Artifact>> FindByExternalIdsAsync(IEnumerable<string> externalIds, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetArtifactsByExternalIdsRequest { ExternalIds = { externalIds.Distinct() } };
            var answer = await client.GetArtifactsByExternalIdsAsync(request, cancellationToken: cancellationToken);
            return answer.Artifacts.ToDictionary(artifact => artifact.ExternalId);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return [];
        }
    }

    private async Task AddContextsAsync(PutLineageSubgraphRequest request, RecordScope scope, CancellationToken cancellationToken)
    {
        var ids = await types.GetIdsAsync(cancellationToken);
        request.Contexts.Add(new Context { TypeId = ids[KubeflowTypes.Workspace.Name], Name = scope.Workspace });
        if (scope.WorkspaceId is null)
        {
            await spelling.RequireAsync(KubeflowTypes.Workspace.Name, scope.Workspace, cancellationToken);
        }

        if (scope.Run is not null)
        {
            var workspaceId = scope.WorkspaceId ?? throw new InvalidOperationException("A run needs the id of its workspace.");
            var run = RunContextName.NewContext(ids[KubeflowTypes.Run.Name], workspaceId, scope.Run);
            await spelling.RequireAsync(KubeflowTypes.Run.Name, run.Name, cancellationToken);
            request.Contexts.Add(run);
        }
    }
}

/// <summary>Another writer stored something that this write collides with; planned anew, it will be found.</summary>
internal sealed class LostRaceException(Exception cause) : Exception("Another writer was faster.", cause);
