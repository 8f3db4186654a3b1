using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Hosting;

/// <summary>
/// Serves a metadata store to gRPC clients over the network: MLMD's SDKs, Kubeflow's components, command-line tools. It is a web
/// application of its own beside the gateway's, so that neither sees the other's routes, limits or ports.
/// </summary>
/// <remarks>
/// Beside MLMD's service it answers <c>grpc.health.v1.Health</c> and gRPC server reflection, which MLMD's own server lacks. It asks for
/// no authentication, as MLMD's: keep the address away from networks that are not trusted.
/// </remarks>
public sealed class EmbeddedStoreServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EmbeddedStoreServer(WebApplication application, Uri address, Uri? grpcWebAddress) =>
        (_application, Address, GrpcWebAddress) = (application, address, grpcWebAddress);

    /// <summary>Where gRPC clients reach the store, with the port that the system chose if port 0 was asked for.</summary>
    public Uri Address { get; }

    /// <summary>
    /// Where browsers reach the store by gRPC-Web, over HTTP/1.1; null if <see cref="EmbeddedStoreOptions.GrpcWeb"/> is off. With TLS it is
    /// <see cref="Address"/>. Without, it is the port after that one (or another that the system chose, for port 0): only TLS lets a
    /// connection say which version of HTTP it speaks.
    /// </summary>
    public Uri? GrpcWebAddress { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="store">The store that answers. It stays the caller's to dispose of.</param>
    /// <param name="options">Where to listen, and whether for gRPC-Web too. The address must not be empty.</param>
    /// <param name="kestrel">
    /// Kestrel's own configuration, for the certificate of an <c>https</c> address, <c>Certificates:Default</c>; null for none.
    /// </param>
    /// <param name="loggers">Where to log; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="InvalidOperationException">
    /// The address cannot be used or is in use already, or there is no certificate. The message names the configuration key.
    /// </exception>
    public static async Task<EmbeddedStoreServer> StartAsync(
        MetadataStoreService.MetadataStoreServiceBase store,
        EmbeddedStoreOptions options,
        IConfiguration? kestrel,
        ILoggerFactory? loggers,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);

        var endpoints = GrpcEndpoint.Of(options);
        loggers ??= NullLoggerFactory.Instance;
        var application = await StartAsync(
            () => EmbeddedStoreApplication.Build(store, endpoints, kestrel, loggers), options, cancellationToken);

        // Kestrel tells its addresses in the order of its endpoints.
        var addresses = application.Urls.Select(url => new Uri(url)).ToArray();
        var grpcWebAddress = endpoints.FindIndex(endpoint => endpoint.SpeaksGrpcWeb) is var index and >= 0 ? addresses[index] : null;
        var logger = loggers.CreateLogger<EmbeddedStoreServer>();
        EmbeddedStoreServerLog.Listening(logger, addresses[0]);
        if (grpcWebAddress is not null)
        {
            EmbeddedStoreServerLog.ListeningForBrowsers(logger, grpcWebAddress);
        }
        return new EmbeddedStoreServer(application, addresses[0], grpcWebAddress);
    }

    /// <summary>Stops listening, and lets the calls under way end within five seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task<WebApplication> StartAsync(
        Func<WebApplication> build, EmbeddedStoreOptions options, CancellationToken cancellationToken)
    {
        WebApplication? application = null;
        try
        {
            // Kestrel reads its certificates while it is built.
            application = build();
            await application.StartAsync(cancellationToken);
            return application;
        }
        catch (Exception exception)
        {
            if (application is not null)
                await application.DisposeAsync();
            if (ListenFailure.Explain(exception, options) is { } explained)
                throw explained;
            throw;
        }
    }
}
