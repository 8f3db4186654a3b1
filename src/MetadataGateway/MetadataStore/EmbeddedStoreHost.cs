using MetadataGateway.EmbeddedStore;
using MetadataGateway.EmbeddedStore.Hosting;
using Microsoft.Extensions.Options;

namespace MetadataGateway.MetadataStore;

/// <summary>Owns the embedded store's lifetime: opened before the REST API listens, closed after it stopped, and its gRPC face in between.</summary>
internal sealed class EmbeddedStoreHost(
    IOptions<EmbeddedStoreOptions> options, IConfiguration configuration, TimeProvider timeProvider, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private readonly Lazy<EmbeddedMetadataStore> _store = new(() =>
        EmbeddedMetadataStore.Open(options.Value, timeProvider, loggers.CreateLogger<EmbeddedMetadataStore>()));

    private EmbeddedStoreServer? _server;

    public EmbeddedMetadataStore Store => _store.Value;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var store = Store;
        if (options.Value.GrpcUrl.Length > 0)
        {
            _server = await EmbeddedStoreServer.StartAsync(
                store, options.Value, configuration.GetSection($"{EmbeddedStoreOptions.SectionName}:Kestrel"), loggers, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_store.IsValueCreated)
        {
            await _store.Value.DisposeAsync();
        }
    }
}
