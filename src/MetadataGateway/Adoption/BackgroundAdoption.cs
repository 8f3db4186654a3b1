using MetadataGateway.MetadataStore;

namespace MetadataGateway.Adoption;

/// <summary>
/// Adopts everything from the start on until the end is reached, and then what came since, so that requests find little to do. Never takes more
/// than half of a store's time.
/// </summary>
internal sealed partial class BackgroundAdoption(
    RecordAdoption adoption, ChangedArtifacts changed, KubeflowTypeRegistry types, StoreProbe probe, TimeProvider timeProvider, ILogger<BackgroundAdoption> logger)
    : BackgroundService
{
    /// <summary>Records of each list between two stored positions.</summary>
    private const int Step = 1000;

    private const int RecordsBetweenNews = 20_000;
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!adoption.IsEnabled)
        {
            return;
        }

        // A store without the types holds no record of the SDK, and stays as it is until a request writes to it.
        await types.WhenRegistered.WaitAsync(stoppingToken);
        var (failures, executions, artifacts, told) = (0, 0L, 0L, 0L);
        while (!stoppingToken.IsCancellationRequested)
        {
            var begun = timeProvider.GetTimestamp();
            TimeSpan pause;
            try
            {
                StoreLimits.Apply(await probe.GetAsync(stoppingToken));
                probe.RequireAllowed();
                var step = await adoption.AdvanceAsync(Step, stoppingToken);
                await changed.CatchUpAsync(stoppingToken);
                executions += step.Executions.Examined;
                artifacts += step.Artifacts.Examined;
                var isComplete = step.Executions.IsComplete && step.Artifacts.IsComplete;
                if (executions + artifacts - told >= (isComplete ? 1 : RecordsBetweenNews))
                {
                    told = executions + artifacts;
                    LogProgress(executions, artifacts, isComplete ? "none is left" : "there are more");
                }

                pause = isComplete ? BetweenPasses : timeProvider.GetElapsedTime(begun);
                failures = 0;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = FirstPause * Math.Pow(2, Math.Min(failures, 10));
                pause = pause < LongestPause ? pause : LongestPause;
                if (failures++ == 0)
                {
                    LogFailed(exception);
                }
            }

            await Task.Delay(pause, timeProvider, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Looked at {Executions} executions and {Artifacts} artifacts to adopt records of other clients; {Rest}")]
    private partial void LogProgress(long executions, long artifacts, string rest);

    [LoggerMessage(LogLevel.Warning, "Adoption of other clients' records stopped; it goes on when MLMD lets it")]
    private partial void LogFailed(Exception exception);
}
