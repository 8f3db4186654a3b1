using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// SQLite only: an event whose insertion meets another writer's lock, after the call has read something and before it has written anything, is
/// not stored, and the call answers OK (D17). So it goes in PutEvents, and in the two calls with an execution that they do not change.
/// </summary>
internal sealed class EventsGetLost : Quirk
{
    private int _met;

    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        // Half of those that meet another one.
        if (!call.MeetsAnotherWrite || !await MayLoseAsync(call) || Interlocked.Increment(ref _met) % 2 == 0)
        {
            return await next();
        }

        switch (call.Request)
        {
            case PutEventsRequest put:
                put.Events.Clear();
                return await next();
            case PutExecutionRequest put:
                var pairs = put.ArtifactEventPairs.Clone();
                put.ArtifactEventPairs.Clear();
                var response = (PutExecutionResponse)await next();
                response.ArtifactIds.Add(pairs.Select(pair => pair.Event is { HasArtifactId: true } given ? given.ArtifactId : -1));
                return response;
            default:
                ((PutLineageSubgraphRequest)call.Request).EventEdges.Clear();
                return await next();
        }
    }

    private static async Task<bool> MayLoseAsync(StoreCall call) => call.Request switch
    {
        PutEventsRequest => true,
        PutExecutionRequest { Contexts.Count: 0 } put =>
            put.Options?.ForceUpdateTime != true && put.ArtifactEventPairs.All(pair => pair.Artifact is null) && await AreUnchangedAsync(call),
        PutLineageSubgraphRequest { Contexts.Count: 0, Artifacts.Count: 0, Executions.Count: > 0 } => await AreUnchangedAsync(call),
        _ => false,
    };

    private static async Task<bool> AreUnchangedAsync(StoreCall call)
    {
        foreach (var node in call.Nodes)
        {
            if (node.Id is not { } id || await call.Store.FindAsync(node.Kind, id) is not { } stored || !stored.Message.Equals(node.Message))
            {
                return false;
            }
        }

        return true;
    }
}
