using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.Tests.Profiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlMetadata;

namespace MetadataGateway.Tests.Hosting;

/// <summary>An MLMD server of the test's own, on a port of the loopback, of the current profile or a given one, that fails as the test says.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private readonly EmbeddedMetadataStore _store = EmbeddedMetadataStore.Open(new EmbeddedStoreOptions { DatabasePath = ":memory:" }, TimeProvider.System);
    private readonly ConcurrentQueue<string> _calls = new();
    private WebApplication? _server;

    /// <summary>Runs before each call, with the method's name: may throw what the server is to answer, or never end.</summary>
    public Func<string, ServerCallContext, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What the server answers instead of an error of its own, with the method's name.</summary>
    public Func<string, RpcException, RpcException> Failure { get; set; } = (_, exception) => exception;

    public Uri Address => new(_server!.Urls.Single());

    public int CallsOf(string method) => _calls.Count(call => call == method);

    public static async Task<StoreServer> StartAsync(int port = 0, HttpsConnectionAdapterOptions? tls = null, MlmdProfile? profile = null)
    {
        var server = new StoreServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            if (tls is not null)
            {
                endpoint.UseHttps(tls);
            }
        }));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton((profile ?? MlmdProfile.Current).Wrap(server._store));
        builder.Services.AddSingleton(new Script(server));
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<Script>());
        server._server = builder.Build();
        server._server.MapGrpcService<MetadataStoreService.MetadataStoreServiceBase>();
        await server._server.StartAsync();
        return server;
    }

    /// <summary>A port that nothing listens at.</summary>
    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _server!.StopAsync(atOnce.Token);
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    internal sealed class Script(StoreServer server) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            var method = context.Method[(context.Method.LastIndexOf('/') + 1)..];
            server._calls.Enqueue(method);
            await server.Before(method, context);
            try
            {
                return await continuation(request, context);
            }
            catch (RpcException exception)
            {
                throw server.Failure(method, exception);
            }
        }
    }
}
