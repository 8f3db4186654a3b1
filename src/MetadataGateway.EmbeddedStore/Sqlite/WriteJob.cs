namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>A write that waits for its turn. It may be run more than once, each time in a transaction of its own.</summary>
internal abstract class WriteJob
{
    public Exception? Failure { get; set; }

    public abstract bool IsCancelled { get; }

    public abstract void Run(StoreConnection connection);

    /// <summary>Answers the caller, once the fate of the job is on disk.</summary>
    public abstract void Complete();
}

internal sealed class WriteJob<TResult>(Func<StoreConnection, TResult> work, CancellationToken cancellationToken) : WriteJob
{
    private readonly TaskCompletionSource<TResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? result;

    public Task<TResult> Completion => completion.Task;

    public override bool IsCancelled => cancellationToken.IsCancellationRequested;

    public override void Run(StoreConnection connection)
    {
        Failure = null;
        result = work(connection);
    }

    public override void Complete()
    {
        if (Failure is { } failure)
            completion.SetException(failure);
        else
            completion.SetResult(result!);
    }
}
