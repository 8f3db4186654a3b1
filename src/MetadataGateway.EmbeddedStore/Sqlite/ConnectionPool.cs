using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>
/// A fixed number of connections, opened as needed. Whoever finds none free waits. An in-memory database has a pool of one, which its
/// writer and its readers share.
/// </summary>
internal sealed class ConnectionPool(int size, Func<StoreConnection> open) : IDisposable
{
    private readonly ConcurrentStack<StoreConnection> free = new();
    private readonly SemaphoreSlim slots = new(size, size);
    private volatile bool closed;

    /// <summary>Gives the pool a connection that is open already.</summary>
    public void Add(StoreConnection connection) => free.Push(connection);

    public StoreConnection Rent(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        slots.Wait(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            return free.TryPop(out var connection) ? connection : open();
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    /// <summary>Takes a connection back, out of any transaction; one that cannot be brought out of it is replaced when needed.</summary>
    public void Return(StoreConnection connection)
    {
        try
        {
            connection.Rollback();
            free.Push(connection);
        }
        catch (SqliteException)
        {
            connection.Dispose();
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Lets nobody else in, waits for those inside, and closes all connections.</summary>
    public void Dispose()
    {
        if (closed)
            return;
        closed = true;
        for (var slot = 0; slot < size; slot++)
            slots.Wait();
        while (free.TryPop(out var connection))
            connection.Dispose();
        // Late callers may still wait on the semaphore; they are let in to find the pool closed.
        slots.Release(size);
    }
}
