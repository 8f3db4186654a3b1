using Grpc.Core;
using MetadataGateway.Paging;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Adoption;

/// <summary>How many records a request looked at to adopt them, whether all are adopted, and whether MLMD kept it from that.</summary>
internal readonly record struct AdoptionProgress(int Examined, bool IsComplete, bool HasFailed = false);

/// <summary>
/// Makes records of the Kubeflow Metadata SDK equal to the gateway's own: runs get their context, artifacts their searchable members. By id, from
/// where it was left, by whoever needs it first: a request, the background, another replica.
/// </summary>
internal sealed partial class RecordAdoption : IDisposable
{
    private readonly AdoptionPass<Execution> _executions;
    private readonly AdoptionPass<Artifact> _artifacts;
    private readonly ILogger<RecordAdoption> _logger;
    private volatile bool _hasFailed;

    public RecordAdoption(
        MetadataStoreService.MetadataStoreServiceClient client, RunAdopter runs, MemberAdopter members, AdoptionState state,
        IOptions<AdoptionOptions> options, TimeProvider timeProvider, ILogger<RecordAdoption> logger)
    {
        _executions = new(
            "executions",
            async (page, token) =>
            {
                var answer = await client.GetExecutionsAsync(new() { Options = page }, cancellationToken: token);
                return new StorePage<Execution>(answer.Executions, answer.NextPageToken);
            },
            runs.AdoptAsync, state, timeProvider);
        _artifacts = new(
            "artifacts",
            async (page, token) =>
            {
                var answer = await client.GetArtifactsAsync(new() { Options = page }, cancellationToken: token);
                return new StorePage<Artifact>(answer.Artifacts, answer.NextPageToken);
            },
            async (artifacts, token) =>
            {
                await runs.AdoptAsync(artifacts, token);
                await members.AdoptAsync(artifacts, token);
            },
            state, timeProvider);
        IsEnabled = options.Value.Enabled;
        _logger = logger;
    }

    /// <summary>With false nothing is written, and nothing may be relied on.</summary>
    public bool IsEnabled { get; }

    /// <summary>Looks at what is new among the executions, at most <paramref name="budget"/> of them: afterwards their runs have contexts.</summary>
    public Task<AdoptionProgress> AdoptExecutionsAsync(int budget, CancellationToken cancellationToken) => CatchUpAsync(_executions, budget, cancellationToken);

    /// <summary>The same for artifacts, and their searchable members.</summary>
    public Task<AdoptionProgress> AdoptArtifactsAsync(int budget, CancellationToken cancellationToken) => CatchUpAsync(_artifacts, budget, cancellationToken);

    /// <summary>One step of the background: at most <paramref name="budget"/> records of each list.</summary>
    public async Task<(ListProgress Executions, ListProgress Artifacts)> AdvanceAsync(int budget, CancellationToken cancellationToken) =>
        (await _executions.AdvanceAsync(budget, cancellationToken), await _artifacts.AdvanceAsync(budget, cancellationToken));

    public void Dispose()
    {
        _executions.Dispose();
        _artifacts.Dispose();
    }

    // A store that can be read but not written to is no reason to answer nothing.
    private async Task<AdoptionProgress> CatchUpAsync<TNode>(AdoptionPass<TNode> pass, int budget, CancellationToken cancellationToken)
        where TNode : class
    {
        if (!IsEnabled)
        {
            return new(0, false);
        }

        try
        {
            var progress = await pass.CatchUpAsync(budget, cancellationToken);
            _hasFailed = false;
            return new(progress.Examined, progress.IsComplete);
        }
        catch (RpcException exception) when (StoreRefusal.MayBeOfTheStore(exception))
        {
            if (!_hasFailed)
            {
                LogFailed(exception, pass.Name);
            }

            _hasFailed = true;
            return new(0, false, HasFailed: true);
        }
    }

    [LoggerMessage(LogLevel.Warning, "MLMD does not let {List} be adopted now; lists show what is adopted")]
    private partial void LogFailed(Exception exception, string list);
}
