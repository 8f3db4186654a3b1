using Grpc.Net.Client;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.EmbeddedStore.Hosting;
using MetadataGateway.StoreContract.Tests.Replay;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Hosting;

/// <summary>A store of the test's own behind the real server, on a port of the system's choice, as any client of MLMD sees it.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private readonly EmbeddedMetadataStore store;
    private readonly EmbeddedStoreServer server;
    private readonly GrpcChannel channel;

    private StoreServer(EmbeddedMetadataStore store, EmbeddedStoreServer server)
    {
        this.store = store;
        this.server = server;
        channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        Caller = new StoreCaller(channel.CreateCallInvoker());
        Client = new MetadataStoreService.MetadataStoreServiceClient(channel);
    }

    public StoreCaller Caller { get; }

    public MetadataStoreService.MetadataStoreServiceClient Client { get; }

    public static async Task<StoreServer> Start(string databasePath, TimeProvider? clock = null)
    {
        var options = new EmbeddedStoreOptions { DatabasePath = databasePath, GrpcUrl = "http://127.0.0.1:0" };
        var store = EmbeddedMetadataStore.Open(options, clock ?? TimeProvider.System);
        var server = await EmbeddedStoreServer.StartAsync(store, options, kestrel: null, loggers: null, CancellationToken.None);
        return new StoreServer(store, server);
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await server.DisposeAsync();
        await store.DisposeAsync();
    }
}
