using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>An empty pair in PutExecution with contexts attributes artifact -1 to them, on which later reads of their artifacts fail (D10).</summary>
internal sealed class EmptyPairsAreArtifacts : Quirk
{
    private readonly ConcurrentDictionary<long, byte> _contexts = new();

    protected override IMessage After(StoreCall call, IMessage response)
    {
        if (response is PutExecutionResponse put && put.ArtifactIds.Contains(-1))
        {
            foreach (var id in put.ContextIds)
            {
                _contexts.TryAdd(id, 0);
            }
        }

        return call.Request is GetArtifactsByContextRequest read && _contexts.ContainsKey(read.ContextId)
            ? throw Failure(StatusCode.Internal, "Results missing for ids: {-1}.")
            : response;
    }
}
