using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

/// <summary>A store of which one method, GetArtifactsByID, does what the test says; the others are not there.</summary>
public sealed class ScriptedStore : MetadataStoreService.MetadataStoreServiceBase
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _toldToStop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public delegate Task<GetArtifactsByIDResponse> Script(GetArtifactsByIDRequest request, ServerCallContext context);

    public Script Answer { get; set; } = (_, _) => Task.FromResult(new GetArtifactsByIDResponse());

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Completes when a call has reached the store.</summary>
    public Task Entered => _entered.Task.WaitAsync(Limits.Wait);

    /// <summary>Completes when the token of a call has been triggered.</summary>
    public Task ToldToStop => _toldToStop.Task.WaitAsync(Limits.Wait);

    public override Task<GetArtifactsByIDResponse> GetArtifactsByID(GetArtifactsByIDRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _calls);
        context.CancellationToken.Register(() => _toldToStop.TrySetResult());
        _entered.TrySetResult();
        return Answer(request, context);
    }
}
