using Grpc.Core;
using MetadataGateway.Filtering;
using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using MetadataGateway.Paging;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Adoption;

/// <summary>
/// Looks after the searchable members of artifacts that other clients record or change: they may write them without, or leave those of before. In the order
/// of the updates, from the oldest on; what has not been looked at since its last change cannot be selected by its members.
/// </summary>
internal sealed partial class ChangedArtifacts(
    MetadataStoreService.MetadataStoreServiceClient client, MemberAdopter members, StoreProbe probe, IOptions<AdoptionOptions> adoption,
    IOptions<LimitsOptions> limits, TimeProvider timeProvider, ILogger<ChangedArtifacts> logger)
    : IDisposable
{
    // A change is told its time before others can see it, and the two clocks may differ.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);
    private static readonly NodeOrder ByUpdate = new(ListOperationOptions.Types.OrderByField.Types.Field.LastUpdateTime, IsAscending: true);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _checkedUpTo = -1;
    private volatile bool _isIncomplete;

    /// <summary>
    /// Looks at what was changed, at most <c>Limits:ScanBudget</c> records of it. The answer is the time, in milliseconds since the Unix epoch, up to
    /// which everything was looked at after its last change; null when members cannot be relied on at all.
    /// </summary>
    public async Task<long?> CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!adoption.Value.Enabled || !(await probe.GetAsync(cancellationToken)).HasFilter)
        {
            return null;
        }

        // What somebody else is looking at is selected by the gateway meanwhile.
        if (!await _gate.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return CheckedUpTo;
        }

        try
        {
            await LookAsync(limits.Value.ScanBudget, cancellationToken);
            return CheckedUpTo;
        }
        catch (RpcException exception) when (StoreRefusal.MayBeOfTheStore(exception))
        {
            // A store that can be read but not written to is no reason to answer nothing.
            LogFailed(exception.StatusCode);
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    // An artifact whose members MLMD refused cannot be selected by them, now or later.
    private long? CheckedUpTo => _isIncomplete ? null : Volatile.Read(ref _checkedUpTo);

    private async Task LookAsync(int budget, CancellationToken cancellationToken)
    {
        var pages = new KeysetPages<Artifact>(
            async (options, token) =>
            {
                var answer = await client.GetArtifactsAsync(new() { Options = options }, cancellationToken: token);
                return new StorePage<Artifact>(answer.Artifacts, answer.NextPageToken);
            },
            ByUpdate, FilterPlan.Of(ChangedSince(_checkedUpTo)), logger);
        var at = PagePosition.Start;
        for (var looked = 0; looked < budget;)
        {
            var page = await pages.ReadAsync(at, NodeScan.StorePageSize, cancellationToken);
            _isIncomplete |= !await members.AdoptAsync(page.Nodes, cancellationToken);
            looked += page.Nodes.Count;
            if (page.Nodes.Count > 0)
            {
                // More may have been changed in the last millisecond.
                var settled = Math.Min(ByUpdate.PositionOf(page.Nodes[^1]).Time - 1, (timeProvider.GetUtcNow() - Young).ToUnixTimeMilliseconds());
                Volatile.Write(ref _checkedUpTo, Math.Max(_checkedUpTo, settled));
            }

            if (page.Next is null)
            {
                break;
            }

            at = page.Next;
        }
    }

    /// <summary>MLMD's filter for what was changed after a time.</summary>
    public static string ChangedSince(long time) => $"last_update_time_since_epoch > {StoreFilterText.Integer(time)}";

    [LoggerMessage(LogLevel.Warning, "MLMD does not let changed artifacts be looked after ({Status}); the gateway selects by members itself")]
    private partial void LogFailed(StatusCode status);
}
