using Grpc.Core;
using MetadataGateway.Errors;
using Microsoft.Extensions.Options;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Finds out at start what MLMD can do and registers the Kubeflow types. On the embedded store that is done before the first request; a remote MLMD
/// may come up later than the gateway, so there it goes on trying in the background and readiness tells.
/// </summary>
internal sealed partial class KubeflowTypeRegistration(
    StoreProbe probe, KubeflowTypeRegistry registry, IOptions<MetadataStoreOptions> options, TimeProvider timeProvider, ILogger<KubeflowTypeRegistration> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Whether records can be written: the types are there, or are left to the first request that needs them.</summary>
    public static bool IsSettled(KubeflowTypeRegistry registry, MetadataStoreOptions options) => registry.IsRegistered || !options.RegisterTypes;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsEmbedded)
        {
            await PrepareAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); probe.Known is null || !IsSettled(registry, options.Value); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await PrepareAsync(stoppingToken);
                LogRegistered();
            }
            catch (RpcException exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogRetry(exception.StatusCode, pause);
                await Task.Delay(pause, timeProvider, stoppingToken);
            }
            catch (ProblemException exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogRefused(exception.Message);
                await Task.Delay(LongestPause, timeProvider, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A defect here must not end the process: its requests tell what fails.
                LogDefect(exception);
                await Task.Delay(LongestPause, timeProvider, stoppingToken);
            }
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await probe.GetAsync(cancellationToken);
        probe.RequireAllowed();
        if (options.Value.RegisterTypes)
        {
            await registry.GetIdsAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "MLMD is ready to be used")]
    private partial void LogRegistered();

    [LoggerMessage(LogLevel.Warning, "MLMD did not answer the probes or did not take the Kubeflow types ({Status}); next try in {Pause}")]
    private partial void LogRetry(StatusCode status, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "{Refusal}")]
    private partial void LogRefused(string refusal);

    [LoggerMessage(LogLevel.Error, "MLMD could not be prepared")]
    private partial void LogDefect(Exception exception);
}
