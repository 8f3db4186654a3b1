namespace MetadataGateway.MetadataStore;

/// <summary>
/// The pauses between the tries of a call that MLMD aborted: they grow, since a hot record on MySQL needs five tries and more, and are random, so
/// that the losers do not meet again.
/// </summary>
internal sealed class RetryPauses(TimeProvider timeProvider, DateTime? deadline)
{
    private const int MaxPauses = 9;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next = First;
    private int _taken;

    /// <summary>Waits; false when it is time to give up.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (0.5 + Random.Shared.NextDouble());
        if (_taken == MaxPauses || timeProvider.GetUtcNow().UtcDateTime + pause >= (RequestDeadline.Current < deadline ? RequestDeadline.Current : deadline))
        {
            return false;
        }

        await Task.Delay(pause, timeProvider, cancellationToken);
        _taken++;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return true;
    }
}
