using Grpc.Core;
using MetadataGateway.MetadataStore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public sealed class InProcessChannelTests : ClientChannelContract
{
    protected override Task<CallInvoker> ConnectAsync(ScriptedStore store) => Task.FromResult<CallInvoker>(
        new InProcessCallInvoker(store, Limits.MessageSize, TimeProvider.System, NullLogger<InProcessCallInvoker>.Instance));

    protected override Task DisconnectAsync() => Task.CompletedTask;
}
