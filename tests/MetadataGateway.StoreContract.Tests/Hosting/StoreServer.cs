using System.Net;
using Grpc.Net.Client;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.StoreContract.Tests.Replay;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Hosting;

/// <summary>The embedded store behind a real gRPC server on a port of the system's choice, as any client of MLMD sees it.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private readonly EmbeddedMetadataStore store;
    private readonly WebApplication application;
    private readonly GrpcChannel channel;

    private StoreServer(EmbeddedMetadataStore store, WebApplication application, string address)
    {
        this.store = store;
        this.application = application;
        channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        Caller = new StoreCaller(channel.CreateCallInvoker());
        Client = new MetadataStoreService.MetadataStoreServiceClient(channel);
    }

    public StoreCaller Caller { get; }

    public MetadataStoreService.MetadataStoreServiceClient Client { get; }

    public static async Task<StoreServer> Start(string databasePath, TimeProvider? clock = null)
    {
        var store = EmbeddedMetadataStore.Open(new EmbeddedStoreOptions { DatabasePath = databasePath }, clock ?? TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(store);
        var application = builder.Build();
        application.MapGrpcService<EmbeddedMetadataStore>();
        await application.StartAsync();
        return new StoreServer(store, application, application.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await application.DisposeAsync();
        await store.DisposeAsync();
    }
}
