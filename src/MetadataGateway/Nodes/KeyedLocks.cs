namespace MetadataGateway.Nodes;

/// <summary>
/// Serialises read-modify-write of one record within this process. MLMD checks versions for artifacts only; for contexts and executions this is
/// what makes <c>If-Match</c> strict within one gateway. Striped: unrelated records may share a lock, never the other way round.
/// </summary>
internal sealed class KeyedLocks
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> AcquireAsync(string key, CancellationToken cancellationToken)
    {
        var stripe = _stripes[(uint)key.GetHashCode(StringComparison.Ordinal) % _stripes.Length];
        await stripe.WaitAsync(cancellationToken);
        return new Releaser(stripe);
    }

    private sealed class Releaser(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
