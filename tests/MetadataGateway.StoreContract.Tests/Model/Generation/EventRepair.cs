using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>Gives the events of a request the ends that they need, and only these: few random ones have them.</summary>
internal static class EventRepair
{
    public static void Repair(IMessage request)
    {
        switch (request)
        {
            case PutExecutionRequest put:
                foreach (var pair in put.ArtifactEventPairs.Where(pair => pair.Event is not null))
                {
                    pair.Event.ClearExecutionId();
                    if (pair.Artifact is null)
                        pair.Event.ArtifactId = pair.Event.ArtifactId;
                    else
                        pair.Event.ClearArtifactId();
                }
                break;
            case PutLineageSubgraphRequest put:
                foreach (var edge in put.EventEdges.Where(edge => edge.Event is not null))
                    Repair(edge, put);
                break;
        }
    }

    /// <summary>Each end is an index into the list, or else an id.</summary>
    private static void Repair(PutLineageSubgraphRequest.Types.EventEdge edge, PutLineageSubgraphRequest request)
    {
        if (edge.HasExecutionIndex && request.Executions.Count > 0)
        {
            edge.ExecutionIndex = Math.Max(0, edge.ExecutionIndex) % request.Executions.Count;
            edge.Event.ClearExecutionId();
        }
        else
        {
            edge.ClearExecutionIndex();
            edge.Event.ExecutionId = edge.Event.ExecutionId;
        }
        if (edge.HasArtifactIndex && request.Artifacts.Count > 0)
        {
            edge.ArtifactIndex = Math.Max(0, edge.ArtifactIndex) % request.Artifacts.Count;
            edge.Event.ClearArtifactId();
        }
        else
        {
            edge.ClearArtifactIndex();
            edge.Event.ArtifactId = edge.Event.ArtifactId;
        }
    }
}
