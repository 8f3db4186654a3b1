using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// Writes that meet another one end with ABORTED now and then; creating the same context twice at once, mostly. A call that begins with a write
/// waits for its turn: PutLineageSubgraph with nothing but event edges does.
/// </summary>
/// <param name="every">One in so many that meet another write, whatever they write.</param>
/// <param name="typesToo">Whether creating a type at the same time as another write is likewise.</param>
internal sealed class ParallelWritesAreAborted(int every, bool typesToo) : Quirk
{
    private int _writes;
    private int _creations;

    protected override async Task BeforeAsync(StoreCall call)
    {
        if (!call.MeetsAnotherWrite || call.Request is PutEventsRequest or PutLineageSubgraphRequest { Artifacts.Count: 0, Executions.Count: 0, Contexts.Count: 0 })
        {
            return;
        }

        if (await CreatesSharedAsync(call) ? Interlocked.Increment(ref _creations) % 2 == 1 : Interlocked.Increment(ref _writes) % every == 0)
        {
            throw Failure(StatusCode.Aborted, "database is locked");
        }
    }

    private async Task<bool> CreatesSharedAsync(StoreCall call)
    {
        if (typesToo && call.Request.Messages().Any(StoredTypes.IsType))
        {
            return true;
        }

        if (!call.Nodes.Any(node => node.Kind == Context.Descriptor && node.Id is null))
        {
            return false;
        }

        var stored = await call.Store.AllAsync(Context.Descriptor);
        return call.Nodes.Any(node => node.Kind == Context.Descriptor && node.Id is null
            && !stored.Any(other => other.TypeId == node.TypeId && other.Name == node.Name));
    }
}
