using Grpc.Core;
using MetadataGateway.EmbeddedStore.Types;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>
/// The database file while this process has it. A lock on a file beside it keeps a second gateway out (it would have its own writer and
/// its own idea of the order of things) and ends with the process, however that ends. MLMD, which does not know the lock, may share the
/// file: SQLite's own locks order the two.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private const int LockAttempts = 40;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream? ownership;

    private StoreFile(string path, FileStream? ownership)
    {
        Path = path;
        this.ownership = ownership;
    }

    public string Path { get; }

    public bool IsInMemory => ownership is null;

    /// <summary>Takes hold of the file, whose directory is made if it is missing.</summary>
    public static StoreFile Claim(string path)
    {
        if (path == StoreConnection.InMemory)
            return new StoreFile(path, null);
        if (string.IsNullOrWhiteSpace(path))
            throw new EmbeddedStoreException(
                StatusCode.InvalidArgument,
                $"{EmbeddedStoreOptions.DatabasePathKey} is empty. Set it to a file, or to {StoreConnection.InMemory} for a store without one.");
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            // Two names of one file must lead to one lock.
            if (File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target)
                full = target.FullName;
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            if (Directory.Exists(full))
                throw new EmbeddedStoreException(
                    StatusCode.InvalidArgument, $"{full} is a directory. Set {EmbeddedStoreOptions.DatabasePathKey} to a file.");
            return new StoreFile(full, Lock(full + ".lock"));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw NotWritable(full, failure);
        }
        catch (IOException failure)
        {
            throw File.Exists(full + ".lock")
                ? new EmbeddedStoreException(
                    StatusCode.Unavailable,
                    $"Another process has the database {full} open. Stop it, or set {EmbeddedStoreOptions.DatabasePathKey} to another file.",
                    failure)
                : NotWritable(full, failure);
        }
    }

    /// <summary>
    /// A lock that was just given up can outlive its owner for an instant, in a child process that has been forked and not yet become its own
    /// program; so it is asked for a few times.
    /// </summary>
    private static FileStream Lock(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(path))
            {
                Thread.Sleep(LockPause);
            }
        }
    }

    /// <summary>Opens the first connection, and with it makes sure that the file is one that the store can work on.</summary>
    public StoreConnection Open()
    {
        StoreConnection? connection = null;
        try
        {
            connection = StoreConnection.Open(Path);
            connection.BeginImmediate();
            StoreSchema.CreateOrCheck(connection);
            connection.Commit();
            // Only now: a file that is refused stays as it is.
            if (!IsInMemory)
                KeepWriteAheadLog(connection);
            connection.BeginImmediate();
            SimpleTypes.AddMissing(connection);
            connection.Commit();
            return connection;
        }
        catch (SqliteException failure)
        {
            connection?.Dispose();
            throw Unusable(failure);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public void Dispose() => ownership?.Dispose();

    private void KeepWriteAheadLog(StoreConnection connection)
    {
        using var mode = connection.Prepare("PRAGMA journal_mode = WAL");
        if (!mode.Step() || mode.Text(0) != "wal")
            throw new EmbeddedStoreException(
                StatusCode.FailedPrecondition,
                $"The file system of {Path} cannot keep a write-ahead log. Set {EmbeddedStoreOptions.DatabasePathKey} to a file on a local disk.");
    }

    private EmbeddedStoreException Unusable(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SqliteCode.NotADatabase => new EmbeddedStoreException(
            StatusCode.FailedPrecondition,
            $"{Path} is not a SQLite database. Set {EmbeddedStoreOptions.DatabasePathKey} to another file.",
            failure),
        SqliteCode.Busy or SqliteCode.Locked => new EmbeddedStoreException(
            StatusCode.Aborted,
            $"The database {Path} stayed locked. Stop the process that uses it, or set {EmbeddedStoreOptions.DatabasePathKey} to another file.",
            failure),
        SqliteCode.CannotOpen or SqliteCode.ReadOnly => NotWritable(Path, failure),
        _ => new EmbeddedStoreException(
            StatusCode.Internal,
            $"The database {Path} cannot be used: {failure.Message}. Set {EmbeddedStoreOptions.DatabasePathKey} to another file.",
            failure),
    };

    private static EmbeddedStoreException NotWritable(string path, Exception failure) => new(
        StatusCode.PermissionDenied,
        $"{path} cannot be opened for writing. Make its directory writable, or set {EmbeddedStoreOptions.DatabasePathKey} to another file.",
        failure);
}
