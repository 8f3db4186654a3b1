using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Events;

/// <summary>Checks the two ends of an edge in PutLineageSubgraph: each an index into the request's lists, an id, or both if they agree.</summary>
internal static class EventEdgeCheck
{
    public static void Check(PutLineageSubgraphRequest.Types.EventEdge edge, PutLineageSubgraphRequest request)
    {
        if (edge.Event is null)
            throw StoreStatus.InvalidArgument("An event edge has no event.");
        CheckEnd(
            "execution",
            edge.HasExecutionIndex ? edge.ExecutionIndex : null,
            edge.Event.HasExecutionId ? edge.Event.ExecutionId : null,
            request.Executions.Count,
            index => request.Executions[index] is { HasId: true } execution ? execution.Id : null);
        CheckEnd(
            "artifact",
            edge.HasArtifactIndex ? edge.ArtifactIndex : null,
            edge.Event.HasArtifactId ? edge.Event.ArtifactId : null,
            request.Artifacts.Count,
            index => request.Artifacts[index] is { HasId: true } artifact ? artifact.Id : null);
    }

    private static void CheckEnd(string kind, int? index, long? id, int count, Func<int, long?> idAt)
    {
        if (index is null && id is null)
            throw StoreStatus.InvalidArgument($"An event edge has neither {kind}_index nor {kind}_id.");
        if (index is not { } position)
            return;
        if (position < 0 || position >= count)
            throw StoreStatus.OutOfRange($"The {kind}_index {position} is outside the {count} {kind}s of the request.");
        if (id is not null && idAt(position) != id)
            throw StoreStatus.InvalidArgument($"The {kind} at {kind}_index {position} does not have the {kind}_id {id} of the event.");
    }
}
