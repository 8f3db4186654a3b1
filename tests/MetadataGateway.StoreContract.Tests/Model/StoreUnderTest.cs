using System.Reflection;
using Google.Protobuf;
using Grpc.Core;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.MetadataStore;
using MetadataGateway.StoreContract.Tests.Hosting;
using MetadataGateway.StoreContract.Tests.Model.Generation;
using MetadataGateway.StoreContract.Tests.Replay;
using Microsoft.Extensions.Logging.Abstractions;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model;

/// <summary>An embedded store, called by the generated client as the gateway calls it.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    private readonly TimeProvider clock;
    private readonly TemporaryFolder? folder;
    private readonly EmbeddedStoreOptions options;
    private EmbeddedMetadataStore store;
    private MetadataStoreService.MetadataStoreServiceClient client;

    public StoreUnderTest(TimeProvider clock, bool isOnFile)
    {
        this.clock = clock;
        folder = isOnFile ? new TemporaryFolder() : null;
        options = new EmbeddedStoreOptions { DatabasePath = folder?.File("metadata.db") ?? ":memory:" };
        (store, client) = Open();
    }

    public StoreAnswer Call(IMessage request)
    {
        var method = typeof(MetadataStoreService.MetadataStoreServiceClient)
            .GetMethod(CallStep.MethodOf(request), [request.GetType(), typeof(CallOptions)])!;
        try
        {
            var response = method.Invoke(client, BindingFlags.DoNotWrapExceptions, null, [request, new CallOptions()], null);
            return new StoreAnswer("OK", (IMessage)response!, "");
        }
        catch (RpcException failure)
        {
            return new StoreAnswer(StoreCaller.StatusName(failure.StatusCode), null, failure.Status.Detail);
        }
    }

    public void Reopen()
    {
        Close();
        (store, client) = Open();
    }

    public void Dispose()
    {
        Close();
        folder?.Dispose();
    }

    private (EmbeddedMetadataStore Store, MetadataStoreService.MetadataStoreServiceClient Client) Open()
    {
        var opened = EmbeddedMetadataStore.Open(options, clock);
        var invoker = new InProcessCallInvoker(opened, null, TimeProvider.System, NullLogger<InProcessCallInvoker>.Instance);
        return (opened, new MetadataStoreService.MetadataStoreServiceClient(invoker));
    }

    private void Close() => store.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
