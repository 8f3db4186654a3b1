using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>PutExecution, in the order that decides which fault is answered: artifacts, execution, events, contexts.</summary>
internal static class PutExecutionRules
{
    public static PutExecutionResponse Put(ModelData data, PutExecutionRequest request, long now)
    {
        if (request.Execution is null)
            throw ModelFailure.Invalid("execution is missing");
        var options = request.Options ?? new PutExecutionRequest.Types.Options();
        var response = new PutExecutionResponse();

        var artifactIds = new List<long?>();
        foreach (var pair in request.ArtifactEventPairs)
            artifactIds.Add(pair.Artifact is null
                ? null
                : PutArtifact(data, pair.Artifact.Read(), options.ReuseArtifactIfAlreadyExistByExternalId, now));

        response.ExecutionId = NodeRules.Put(data, request.Execution.Read(), now, new ModelUpdate(ForceTime: options.ForceUpdateTime));

        for (var index = 0; index < artifactIds.Count; index++)
            response.ArtifactIds.Add(
                PutEvent(data, request.ArtifactEventPairs[index].Event, artifactIds[index], response.ExecutionId, now));

        foreach (var context in request.Contexts)
        {
            var contextId = options.ForceReuseContext && context.HasId
                ? ContextReuseRules.Force(data, context.Id)
                : ContextReuseRules.Put(data, context.Read(), options.ReuseContextIfAlreadyExist, now);
            EdgeRules.Associate(data, contextId, response.ExecutionId);
            // Not for the -1 of an empty pair (defect D10, docs/mlmd-compatibility.md).
            foreach (var artifactId in response.ArtifactIds.Where(id => id != -1))
                EdgeRules.Attribute(data, contextId, artifactId);
            response.ContextIds.Add(contextId);
        }
        return response;
    }

    private static long PutArtifact(ModelData data, ModelNode artifact, bool reuse, long now)
    {
        var stored = reuse && artifact.Id is null && !string.IsNullOrEmpty(artifact.ExternalId)
            ? data.Nodes[ModelKind.Artifact].Find(other => other.ExternalId == artifact.ExternalId)
            : null;
        return NodeRules.Put(data, stored is null ? artifact : artifact with { Id = stored.Id }, now);
    }

    private static long PutEvent(ModelData data, Event? given, long? artifactId, long executionId, long now)
    {
        if (given is null)
            return artifactId ?? -1;
        if (given.HasExecutionId && given.ExecutionId != executionId)
            throw ModelFailure.Invalid("the execution_id of an event is not that of the execution");
        if (given.HasArtifactId && artifactId is not null && given.ArtifactId != artifactId)
            throw ModelFailure.Invalid("the artifact_id of an event is not that of the pair's artifact");
        var end = artifactId ?? (given.HasArtifactId ? given.ArtifactId : null);
        EdgeRules.PutEvent(data, given, end, executionId, now);
        return end!.Value;
    }
}
