using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>PutLineageSubgraph: all checks first, then contexts, artifacts, executions, links, events.</summary>
internal static class LineageSubgraphRules
{
    public static PutLineageSubgraphResponse Put(ModelData data, PutLineageSubgraphRequest request, long now)
    {
        var artifacts = request.Artifacts.Select(NodeMessages.Read).ToList();
        var executions = request.Executions.Select(NodeMessages.Read).ToList();
        var contexts = request.Contexts.Select(NodeMessages.Read).ToList();
        foreach (var edge in request.EventEdges)
            CheckEdge(edge, artifacts, executions);
        CheckTypes(data, artifacts);
        CheckTypes(data, executions);
        CheckTypes(data, contexts);

        var options = request.Options ?? new PutLineageSubgraphRequest.Types.Options();
        var response = new PutLineageSubgraphResponse();
        foreach (var context in contexts)
            response.ContextIds.Add(ContextReuseRules.Put(data, context, options.ReuseContextIfAlreadyExist, now));
        // Looked up once, so that two new artifacts of the same external_id collide.
        var before = data.Nodes[ModelKind.Artifact].ToList();
        foreach (var artifact in artifacts)
        {
            var isReused = options.ReuseArtifactIfAlreadyExistByExternalId;
            var stored = isReused && artifact.Id is null && !string.IsNullOrEmpty(artifact.ExternalId)
                ? before.Find(other => other.ExternalId == artifact.ExternalId)
                : null;
            response.ArtifactIds.Add(NodeRules.Put(data, stored is null ? artifact : artifact with { Id = stored.Id }, now));
        }
        foreach (var execution in executions)
            response.ExecutionIds.Add(NodeRules.Put(data, execution, now));

        foreach (var contextId in response.ContextIds)
        {
            foreach (var executionId in response.ExecutionIds)
                EdgeRules.Associate(data, contextId, executionId);
            foreach (var artifactId in response.ArtifactIds)
                EdgeRules.Attribute(data, contextId, artifactId);
        }
        foreach (var edge in request.EventEdges)
            EdgeRules.PutEvent(
                data,
                edge.Event,
                edge.HasArtifactIndex ? response.ArtifactIds[edge.ArtifactIndex] : edge.Event.ArtifactId,
                edge.HasExecutionIndex ? response.ExecutionIds[edge.ExecutionIndex] : edge.Event.ExecutionId,
                now);
        return response;
    }

    private static void CheckEdge(
        PutLineageSubgraphRequest.Types.EventEdge edge, List<ModelNode> artifacts, List<ModelNode> executions)
    {
        if (edge.Event is null)
            throw ModelFailure.Invalid("an edge needs an event");
        var given = edge.Event;
        CheckEnd(edge.HasExecutionIndex ? edge.ExecutionIndex : null, given.HasExecutionId ? given.ExecutionId : null, executions);
        CheckEnd(edge.HasArtifactIndex ? edge.ArtifactIndex : null, given.HasArtifactId ? given.ArtifactId : null, artifacts);
    }

    private static void CheckEnd(int? index, long? id, List<ModelNode> nodes)
    {
        if (index is null && id is null)
            throw ModelFailure.Invalid("an edge has neither index nor id");
        if (index < 0 || index >= nodes.Count)
            throw new ModelFailure(StatusCode.OutOfRange, "an index of an edge is outside the list");
        if (index is not null && id is not null && nodes[index.Value].Id != id)
            throw ModelFailure.Invalid("index and id of an edge differ");
    }

    /// <summary>Every node needs a type_id here, those with an id too.</summary>
    private static void CheckTypes(ModelData data, List<ModelNode> nodes)
    {
        if (nodes.Exists(node => node.TypeId is null))
            throw ModelFailure.Invalid("a node needs a type_id here");
        if (nodes.Exists(node => data.Type(node.Kind, node.TypeId!.Value) is null))
            throw ModelFailure.NotFound("a type_id is unknown");
        foreach (var node in nodes)
            ValueRules.Check(data.Type(node.Kind, node.TypeId!.Value)!, node, mask: null);
    }
}
