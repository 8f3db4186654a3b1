using System.Collections.Concurrent;
using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL and PostgreSQL give events in the order in which they were made, whatever was asked for.</summary>
internal sealed class EventsByCreation : Quirk
{
    private readonly ConcurrentDictionary<(long Artifact, long Execution, Event.Types.Type Type), int> _order = new();
    private int _events;

    protected override IMessage After(StoreCall call, IMessage response)
    {
        switch (call.Request, response)
        {
            case (PutEventsRequest put, _):
                foreach (var link in put.Events)
                {
                    Remember(link.ArtifactId, link.ExecutionId, link.Type);
                }

                break;
            case (PutExecutionRequest put, PutExecutionResponse answer):
                foreach (var (pair, artifactId) in put.ArtifactEventPairs.Zip(answer.ArtifactIds).Where(pair => pair.First.Event is not null))
                {
                    Remember(artifactId, answer.ExecutionId, pair.Event.Type);
                }

                break;
            case (PutLineageSubgraphRequest put, PutLineageSubgraphResponse answer):
                foreach (var edge in put.EventEdges)
                {
                    Remember(
                        edge.HasArtifactIndex ? answer.ArtifactIds[edge.ArtifactIndex] : edge.Event.ArtifactId,
                        edge.HasExecutionIndex ? answer.ExecutionIds[edge.ExecutionIndex] : edge.Event.ExecutionId,
                        edge.Event.Type);
                }

                break;
            case (_, GetEventsByExecutionIDsResponse answer):
                Sort(answer.Events);
                break;
            case (_, GetEventsByArtifactIDsResponse answer):
                Sort(answer.Events);
                break;
        }

        return response;
    }

    private void Remember(long artifactId, long executionId, Event.Types.Type type) =>
        _order.TryAdd((artifactId, executionId, type), Interlocked.Increment(ref _events));

    // Those that were there before this server are the oldest.
    private void Sort(Google.Protobuf.Collections.RepeatedField<Event> events)
    {
        var sorted = events.OrderBy(link => _order.GetValueOrDefault((link.ArtifactId, link.ExecutionId, link.Type))).ToList();
        events.Clear();
        events.AddRange(sorted);
    }
}
