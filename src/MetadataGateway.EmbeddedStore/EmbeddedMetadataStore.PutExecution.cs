using Grpc.Core;
using MetadataGateway.EmbeddedStore.Contexts;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    // What MLMD answers for a pair that has neither an artifact nor an event.
    private const long NoArtifact = -1;

    /// <inheritdoc/>
    /// <remarks>The order of the steps is MLMD's: it decides which of several faults is reported.</remarks>
    public override Task<PutExecutionResponse> PutExecution(PutExecutionRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            if (request.Execution is null)
                throw StoreStatus.InvalidArgument("execution is missing.");
            var options = request.Options ?? new PutExecutionRequest.Types.Options();
            var artifactIds = request.ArtifactEventPairs
                .Select(pair => PutArtifact(connection, pair.Artifact, options.ReuseArtifactIfAlreadyExistByExternalId)).ToList();
            var response = new PutExecutionResponse
            {
                ExecutionId = executions.Writer.Put(
                    connection, request.Execution, new NodeUpdate(ForceUpdateTime: options.ForceUpdateTime)),
            };
            foreach (var (pair, artifactId) in request.ArtifactEventPairs.Zip(artifactIds))
                response.ArtifactIds.Add(PutEvent(connection, pair.Event, response.ExecutionId, artifactId));
            foreach (var given in request.Contexts)
                response.ContextIds.Add(PutContext(connection, given, options, response));
            return response;
        });

    private long? PutArtifact(StoreConnection connection, Artifact? artifact, bool reuse)
    {
        if (artifact is null)
            return null;
        return artifacts.Writer.Put(connection, reuse ? Reused(artifact, IdsByExternalId(connection, [artifact])) : artifact);
    }

    private Dictionary<string, long> IdsByExternalId(StoreConnection connection, IEnumerable<Artifact> given) =>
        artifacts.Reader
            .ByExternalIds(connection, given.Where(artifact => !artifact.HasId && artifact.ExternalId.Length > 0).Select(artifact => artifact.ExternalId))
            .ToDictionary(artifact => artifact.ExternalId, artifact => artifact.Id);

    /// <summary>The given artifact, with the id of the stored one that has its external id and that it then replaces.</summary>
    private static Artifact Reused(Artifact artifact, Dictionary<string, long> stored)
    {
        if (artifact.HasId || !stored.TryGetValue(artifact.ExternalId, out var id))
            return artifact;
        var reused = artifact.Clone();
        reused.Id = id;
        return reused;
    }

    private long PutEvent(StoreConnection connection, Event? given, long executionId, long? artifactId)
    {
        if (given is null)
            return artifactId ?? NoArtifact;
        if (given.HasExecutionId && given.ExecutionId != executionId)
            throw StoreStatus.InvalidArgument($"The execution_id {given.ExecutionId} of an event is not that of the execution, {executionId}.");
        if (artifactId is { } known && given.HasArtifactId && given.ArtifactId != known)
            throw StoreStatus.InvalidArgument($"The artifact_id {given.ArtifactId} of an event is not that of its artifact, {known}.");
        if (artifactId is null && !given.HasArtifactId)
            throw StoreStatus.InvalidArgument("An event has neither an artifact nor an artifact_id.");
        var id = artifactId ?? given.ArtifactId;
        events.Insert(connection, given, id, executionId);
        return id;
    }

    private long PutContext(
        StoreConnection connection, Context given, PutExecutionRequest.Types.Options options, PutExecutionResponse response)
    {
        var id = contextReuse.Put(connection, given, options.ReuseContextIfAlreadyExist, options.ForceReuseContext);
        ContextLinks.Associate(connection, id, response.ExecutionId);
        // MLMD takes the -1 of an empty pair for an artifact, too (defect D10, docs/mlmd-compatibility.md).
        foreach (var artifactId in response.ArtifactIds.Where(artifactId => artifactId != NoArtifact).Distinct())
            ContextLinks.Attribute(connection, id, artifactId);
        return id;
    }
}
