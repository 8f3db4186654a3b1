using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

/// <summary>
/// What a generated client may expect of the way to its store, whichever way that is. Every case runs over the in-process invoker and
/// over a channel to a server on a socket, and no case knows which.
/// </summary>
public abstract partial class ClientChannelContract : IAsyncLifetime
{
    private readonly TaskCompletionSource<GetArtifactsByIDResponse> _pending = new();
    private CallInvoker? _invoker;

    protected ScriptedStore Store { get; } = new();

    protected CallInvoker Invoker => _invoker!;

    protected MetadataStoreService.MetadataStoreServiceClient Client => new(Invoker);

    public async Task InitializeAsync() => _invoker = await ConnectAsync(Store);

    public async Task DisposeAsync()
    {
        _pending.SetResult(new GetArtifactsByIDResponse());
        await DisconnectAsync();
    }

    /// <summary>An invoker that reaches the store, with <see cref="Limits.MessageSize"/> as its largest message both ways.</summary>
    protected abstract Task<CallInvoker> ConnectAsync(ScriptedStore store);

    protected abstract Task DisconnectAsync();

    protected AsyncUnaryCall<GetArtifactsByIDResponse> Call(CallOptions options = default) =>
        Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { 7 } }, options);

    /// <summary>Makes the store answer a call only when the test has ended, whatever its token says.</summary>
    protected void NeverAnswer() => Store.Answer = (_, _) => _pending.Task;

    protected static async Task<RpcException> FailureOf(AsyncUnaryCall<GetArtifactsByIDResponse> call) =>
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Limits.Wait));
}
