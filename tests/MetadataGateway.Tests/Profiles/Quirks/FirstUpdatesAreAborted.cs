using System.Collections.Concurrent;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// MySQL: an update of a node that others use ends with ABORTED, whoever they are. Here every other update does at its first attempt, so that each
/// test meets it whatever it does at the same time.
/// </summary>
internal sealed class FirstUpdatesAreAborted : Quirk
{
    private readonly ConcurrentDictionary<(MessageDescriptor Kind, long Id), byte> _toBeRepeated = new();
    private int _updates;

    protected override void Before(StoreCall call)
    {
        if (!call.IsWrite || call.Nodes.FirstOrDefault(node => node.Id is not null) is not { } node || _toBeRepeated.TryRemove((node.Kind, node.Id!.Value), out _))
        {
            return;
        }

        if (Interlocked.Increment(ref _updates) % 2 == 1)
        {
            _toBeRepeated.TryAdd((node.Kind, node.Id.Value), 0);
            throw Failure(StatusCode.Aborted, "Deadlock found when trying to get lock; try restarting transaction");
        }
    }
}
