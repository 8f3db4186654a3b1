using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>One connection to the database, used by one thread at a time, which keeps its statements prepared.</summary>
internal sealed class StoreConnection : IDisposable
{
    public const string InMemory = ":memory:";

    // Another process (an MLMD server on the same file) holds locks for milliseconds; the compiled-in default for foreign keys is on,
    // but MLMD declares none and other tables in the file are not the store's business.
    private const string Settings = """
        PRAGMA busy_timeout = 5000;
        PRAGMA foreign_keys = OFF;
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16000;
        """;

    private readonly SqliteConnection connection;
    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> statements = [];

    private StoreConnection(SqliteConnection connection)
    {
        this.connection = connection;
        handle = connection.Handle!;
    }

    public static StoreConnection Open(string path)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false };
        var connection = new SqliteConnection(source.ConnectionString);
        try
        {
            connection.Open();
            var opened = new StoreConnection(connection);
            opened.Execute(Settings);
            return opened;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public long LastInsertedId => raw.sqlite3_last_insert_rowid(handle);

    /// <summary>False also after SQLite has undone the whole transaction by itself, as it does when the disk is full.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>Prepares a statement, or takes one prepared before.</summary>
    /// <param name="sql">The statement. Its values are parameters, so that there are few texts, each used often.</param>
    /// <param name="keep">False for a text that is not likely to come again, as those made from filters.</param>
    public Statement Prepare(string sql, bool keep = true)
    {
        if (statements.TryGetValue(sql, out var statement) && !statement.InUse)
        {
            statement.InUse = true;
            return statement;
        }
        keep &= statement is null;
        Check(raw.sqlite3_prepare_v3(handle, sql, keep ? (uint)raw.SQLITE_PREPARE_PERSISTENT : 0, out var prepared));
        var fresh = new Statement(this, prepared, keep) { InUse = true };
        if (keep)
            statements.Add(sql, fresh);
        return fresh;
    }

    /// <summary>Runs statements that take no parameters and give no rows.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    public void Begin() => Prepare("BEGIN").Run();

    public void BeginImmediate() => Prepare("BEGIN IMMEDIATE").Run();

    public void Commit() => Prepare("COMMIT").Run();

    public void Rollback()
    {
        if (InTransaction)
            Prepare("ROLLBACK").Run();
    }

    /// <summary>Ends the statement that runs on another thread, with <see cref="SqliteCode.Interrupt"/>.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(handle);

    public void Check(int result)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)
            return;
        var text = raw.sqlite3_errmsg(handle).utf8_to_string();
        throw new SqliteException($"SQLite error {result}: {text}", result & 0xff, raw.sqlite3_extended_errcode(handle));
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
            statement.Close();
        statements.Clear();
        connection.Dispose();
    }
}
