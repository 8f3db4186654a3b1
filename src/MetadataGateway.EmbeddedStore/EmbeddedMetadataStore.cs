using Grpc.Core;
using MetadataGateway.EmbeddedStore.Contexts;
using MetadataGateway.EmbeddedStore.Events;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

/// <summary>
/// MLMD's metadata store over one SQLite file of MLMD's own layout. Each call is one transaction. Reads run on the caller's thread, each
/// on a snapshot, and never wait for writes; writes go through one writer that commits what has queued up in groups.
/// </summary>
public sealed partial class EmbeddedMetadataStore : MetadataStoreService.MetadataStoreServiceBase, IAsyncDisposable
{
    private static readonly int MaxReaders = Math.Clamp(Environment.ProcessorCount * 2, 4, 32);

    private readonly StoreFile file;
    private readonly ConnectionPool writers;
    private readonly ConnectionPool readers;
    private readonly WriteQueue writes;
    private readonly ILogger logger;
    private readonly NodeSet<Artifact> artifacts;
    private readonly NodeSet<Execution> executions;
    private readonly NodeSet<Context> contexts;
    private readonly EventWriter events;
    private readonly ParentContexts parentContexts;
    private readonly ContextReuse contextReuse;
    private int disposed;

    private EmbeddedMetadataStore(StoreFile file, StoreConnection first, TimeProvider clock, ILogger logger)
    {
        this.file = file;
        this.logger = logger;
        artifacts = new NodeSet<Artifact>(new ArtifactShape(), clock);
        executions = new NodeSet<Execution>(new ExecutionShape(), clock);
        contexts = new NodeSet<Context>(new ContextShape(), clock);
        events = new EventWriter(artifacts.Reader, executions.Reader, clock);
        parentContexts = new ParentContexts(contexts.Reader);
        contextReuse = new ContextReuse(contexts);
        writers = new ConnectionPool(1, () => StoreConnection.Open(file.Path));
        writers.Add(first);
        // A database in memory belongs to its connection, so reads take turns with writes on it.
        readers = file.IsInMemory ? writers : new ConnectionPool(MaxReaders, () => StoreConnection.Open(file.Path));
        writes = new WriteQueue(writers);
    }

    /// <summary>Opens the store, and makes its file if there is none.</summary>
    /// <param name="options">Where the file is.</param>
    /// <param name="timeProvider">The clock that nodes and events take their times from.</param>
    /// <param name="logger">Told of failures that callers see as INTERNAL only.</param>
    /// <exception cref="EmbeddedStoreException">The file cannot be used, or another process uses it.</exception>
    public static EmbeddedMetadataStore Open(
        EmbeddedStoreOptions options, TimeProvider timeProvider, ILogger<EmbeddedMetadataStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ILogger log = logger is null ? NullLogger.Instance : logger;
        var file = StoreFile.Claim(options.DatabasePath);
        try
        {
            var store = new EmbeddedMetadataStore(file, file.Open(), timeProvider, log);
            LogOpened(log, file.Path);
            return store;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Finishes the writes it has taken, folds the write-ahead log into the file, and lets go of it.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return ValueTask.CompletedTask;
        writes.Dispose();
        if (!file.IsInMemory)
        {
            readers.Dispose();
            FoldLog();
        }
        writers.Dispose();
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void FoldLog()
    {
        var connection = writers.Rent();
        try
        {
            connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").Run();
        }
        catch (SqliteException failure)
        {
            // The log stays beside the file, where the next one to open it finds it.
            LogFailure(logger, failure, "closing");
        }
        finally
        {
            writers.Return(connection);
        }
    }

    /// <summary>Runs a read on one snapshot of the database.</summary>
    private Task<TResponse> Read<TResponse>(ServerCallContext call, Func<StoreConnection, TResponse> read)
    {
        try
        {
            var connection = readers.Rent(call.CancellationToken);
            try
            {
                // A filter can ask for more than anybody waits for; nobody should have to pay for it after the caller has gone.
                using var interruption = call.CancellationToken.UnsafeRegister(
                    static running => ((StoreConnection)running!).Interrupt(), connection);
                connection.Begin();
                var response = read(connection);
                connection.Commit();
                return Task.FromResult(response);
            }
            finally
            {
                readers.Return(connection);
            }
        }
        catch (Exception failure)
        {
            return Task.FromException<TResponse>(ToStatus(failure, call));
        }
    }

    /// <summary>Queues a write, which has to stand being run again. The response is given once it is on disk.</summary>
    private async Task<TResponse> Write<TResponse>(ServerCallContext call, Func<StoreConnection, TResponse> write)
    {
        try
        {
            return await writes.Enqueue(write, call.CancellationToken);
        }
        catch (Exception failure)
        {
            throw ToStatus(failure, call);
        }
    }

    private RpcException ToStatus(Exception failure, ServerCallContext call)
    {
        switch (failure)
        {
            case RpcException status:
                return status;
            case OperationCanceledException:
                return new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
            case ObjectDisposedException:
                return StoreStatus.Unavailable("The metadata store is shutting down.");
            case SqliteException { SqliteErrorCode: SqliteCode.Interrupt } interruption:
                return interruption.ToStatus();
            case SqliteException database:
                LogFailure(logger, database, call.Method);
                return database.ToStatus();
            default:
                LogFailure(logger, failure, call.Method);
                return StoreStatus.Internal("The metadata store failed.");
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The metadata store uses {Path}")]
    private static partial void LogOpened(ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Error, "The metadata store failed at {Operation}")]
    private static partial void LogFailure(ILogger logger, Exception failure, string operation);
}
