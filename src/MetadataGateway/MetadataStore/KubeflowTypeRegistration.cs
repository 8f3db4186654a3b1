using Grpc.Core;
using Microsoft.Extensions.Options;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Registers the Kubeflow types at start. On the embedded store that is done before the first request; a remote MLMD may come up later than
/// the gateway, so there it goes on trying in the background and readiness tells.
/// </summary>
internal sealed partial class KubeflowTypeRegistration(
    KubeflowTypeRegistry registry, IOptions<MetadataStoreOptions> options, TimeProvider timeProvider, ILogger<KubeflowTypeRegistration> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Whether records can be written: the types are there, or are left to the first request that needs them.</summary>
    public static bool IsSettled(KubeflowTypeRegistry registry, MetadataStoreOptions options) => registry.IsRegistered || !options.RegisterTypes;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.RegisterTypes)
        {
            return;
        }

        if (options.Value.IsEmbedded)
        {
            await registry.GetIdsAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); !registry.IsRegistered; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await registry.GetIdsAsync(stoppingToken);
                LogRegistered();
            }
            catch (RpcException exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogRetry(exception.StatusCode, pause);
                await Task.Delay(pause, timeProvider, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The Kubeflow types are registered")]
    private partial void LogRegistered();

    [LoggerMessage(LogLevel.Warning, "MLMD did not take the Kubeflow types ({Status}); next try in {Pause}")]
    private partial void LogRetry(StatusCode status, TimeSpan pause);
}
