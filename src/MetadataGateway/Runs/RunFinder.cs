using Grpc.Core;
using MetadataGateway.Adoption;
using MetadataGateway.Http;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>Runs by name, those of the Kubeflow Metadata SDK included, which are only a name on records until they are adopted.</summary>
internal sealed class RunFinder(RunDirectory runs, RunSearch search, RecordAdoption adoption, RunAdopter adopter, IOptions<LimitsOptions> limits)
{
    /// <summary>
    /// The run's context; null when there is no such run. Without an id when records name the run and nothing may be written for a read, or MLMD
    /// does not take the context.
    /// </summary>
    public async Task<Context?> FindAsync(long workspaceId, string run, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(workspaceId, run, cancellationToken) is { } stored)
        {
            return stored;
        }

        var budget = limits.Value.ScanBudget;
        var examined = 0;
        if (!await search.IsSelectedAsync(run, cancellationToken))
        {
            (var isComplete, examined) = await CatchUpAsync(Math.Max(1, budget / 10), cancellationToken);
            if (isComplete)
            {
                return await runs.FindAsync(workspaceId, run, cancellationToken);
            }
        }

        if (await search.FindAsync(workspaceId, run, budget - examined, cancellationToken) is not { } evidence)
        {
            return null;
        }

        return await TryAdoptAsync(evidence, cancellationToken) && await runs.FindAsync(workspaceId, run, cancellationToken) is { } adopted
            ? adopted
            : RunContextName.Unstored(workspaceId, run);
    }

    // In the long run there is next to nothing to look at, and then a name without context is no run. A backlog is left to others.
    private async Task<(bool IsComplete, int Examined)> CatchUpAsync(int budget, CancellationToken cancellationToken)
    {
        var executions = await adoption.AdoptExecutionsAsync(budget, cancellationToken);
        if (!executions.IsComplete)
        {
            return (false, executions.Examined);
        }

        var artifacts = await adoption.AdoptArtifactsAsync(budget, cancellationToken);
        return (artifacts.IsComplete, executions.Examined + artifacts.Examined);
    }

    private async Task<bool> TryAdoptAsync(RunEvidence evidence, CancellationToken cancellationToken)
    {
        if (!adoption.IsEnabled)
        {
            return false;
        }

        try
        {
            await AdoptAsync(evidence, cancellationToken);
            return true;
        }
        catch (RpcException exception) when (StoreRefusal.MayBeOfTheStore(exception))
        {
            // It can be read all the same; who wants to change it will hear of it.
            return false;
        }
    }

    private Task AdoptAsync(RunEvidence evidence, CancellationToken cancellationToken) => evidence.Execution is { } execution
        ? adopter.AdoptAsync([execution], cancellationToken)
        : adopter.AdoptAsync([evidence.Artifact!], cancellationToken);
}
