using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>
/// The one writer. Jobs that have queued up while the last group was written to disk are committed together, so that many writers share
/// one wait for the disk; no job waits for others to come. A job that fails is undone alone.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int MaxGroup = 128;

    private readonly Channel<WriteJob> jobs = Channel.CreateUnbounded<WriteJob>(new() { SingleReader = true });
    private readonly ConnectionPool connections;
    private readonly Thread thread;

    public WriteQueue(ConnectionPool connections)
    {
        this.connections = connections;
        thread = new Thread(WriteGroups) { IsBackground = true, Name = "Metadata store writer" };
        thread.Start();
    }

    /// <summary>Queues a write. Its transaction is on disk when the task completes.</summary>
    /// <exception cref="ObjectDisposedException">The queue has been closed.</exception>
    public Task<TResult> Enqueue<TResult>(Func<StoreConnection, TResult> work, CancellationToken cancellationToken)
    {
        var job = new WriteJob<TResult>(work, cancellationToken);
        ObjectDisposedException.ThrowIf(!jobs.Writer.TryWrite(job), this);
        return job.Completion;
    }

    /// <summary>Takes no more jobs, and waits until those taken are written.</summary>
    public void Dispose()
    {
        jobs.Writer.TryComplete();
        thread.Join();
    }

    private void WriteGroups()
    {
        var group = new List<WriteJob>(MaxGroup);
        while (jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < MaxGroup && jobs.Reader.TryRead(out var job))
                group.Add(job);
            Write(group);
            group.ForEach(job => job.Complete());
            group.Clear();
        }
    }

    private void Write(List<WriteJob> group)
    {
        StoreConnection? connection = null;
        try
        {
            connection = connections.Rent();
            if (group.Count > 1 && TryWriteTogether(connection, group))
                return;
            foreach (var job in group)
                WriteAlone(connection, job);
        }
        catch (Exception failure)
        {
            // Nothing that goes wrong here may end the thread: the next group finds a working writer, or the same error.
            group.ForEach(job => job.Failure ??= failure);
        }
        finally
        {
            if (connection is not null)
                connections.Return(connection);
        }
    }

    /// <summary>False if the transaction was lost as a whole, in which case every job has to be written alone.</summary>
    private static bool TryWriteTogether(StoreConnection connection, List<WriteJob> group)
    {
        connection.BeginImmediate();
        try
        {
            foreach (var job in group)
            {
                if (SkipIfCancelled(job))
                    continue;
                RunInSavepoint(connection, job);
                if (!connection.InTransaction)
                    return false;
            }
            connection.Commit();
            return true;
        }
        catch (SqliteException)
        {
            connection.Rollback();
            return false;
        }
    }

    private static void RunInSavepoint(StoreConnection connection, WriteJob job)
    {
        connection.Prepare("SAVEPOINT job").Run();
        try
        {
            job.Run(connection);
        }
        catch (Exception failure)
        {
            job.Failure = failure;
            // A full disk and some other faults make SQLite undo the whole transaction, neighbours included.
            if (!connection.InTransaction)
                return;
            connection.Prepare("ROLLBACK TO job").Run();
        }
        connection.Prepare("RELEASE job").Run();
    }

    private static void WriteAlone(StoreConnection connection, WriteJob job)
    {
        if (SkipIfCancelled(job))
            return;
        try
        {
            connection.BeginImmediate();
            job.Run(connection);
            connection.Commit();
        }
        catch (Exception failure)
        {
            job.Failure = failure;
            connection.Rollback();
        }
    }

    // A call given up before its turn is dropped; one that has begun is stored all the same, as by MLMD.
    private static bool SkipIfCancelled(WriteJob job)
    {
        if (!job.IsCancelled)
            return false;
        job.Failure = new OperationCanceledException();
        return true;
    }
}
