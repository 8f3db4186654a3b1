using MetadataGateway.Paging;

namespace MetadataGateway.Adoption;

/// <summary>
/// Adopts the records of one list of MLMD, whoever asks for it and however often: the callers of a process take turns, its replicas meet in the
/// stored position.
/// </summary>
internal sealed class AdoptionPass<TNode>(
    string name, ReadStorePage<TNode> read, Func<IReadOnlyList<TNode>, CancellationToken, Task> adopt,
    AdoptionState state, TimeProvider timeProvider)
    : IDisposable
    where TNode : class
{
    // A request rather looks again at some records after a restart than pays for storing the position.
    private const long UnsavedRecords = 1000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly GrowingList<TNode> _list = new(read, timeProvider);
    private ListPosition? _saved;
    private long? _completeAsOf;

    public string Name => name;

    /// <summary>For a request: what is new, as cheaply as can be.</summary>
    public Task<ListProgress> CatchUpAsync(int budget, CancellationToken cancellationToken) => RunAsync(budget, isThorough: false, cancellationToken);

    /// <summary>In the background: also looks again at everything young, and stores the position.</summary>
    public Task<ListProgress> AdvanceAsync(int budget, CancellationToken cancellationToken) => RunAsync(budget, isThorough: true, cancellationToken);

    private async Task<ListProgress> RunAsync(int budget, bool isThorough, CancellationToken cancellationToken)
    {
        var asked = timeProvider.GetTimestamp();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var begun = timeProvider.GetTimestamp();
            // Somebody else's reading, which began after this was asked for, will do.
            if (!isThorough && _completeAsOf >= asked)
            {
                return new(0, true);
            }

            if (_saved is null)
            {
                _saved = await state.LoadAsync(name, cancellationToken);
                _list.MoveTo(_saved);
            }

            var progress = await _list.ReadAsync(adopt, budget, isThorough, cancellationToken);
            if (progress.IsComplete)
            {
                _completeAsOf = begun;
            }

            if (_list.Settled.Id > _saved.Id + (isThorough ? 0 : UnsavedRecords))
            {
                _saved = await state.SaveAsync(name, _list.Settled, cancellationToken);
                if (_saved.Id > _list.Settled.Id)
                {
                    _list.MoveTo(_saved);
                }
            }

            return progress;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
