using System.Buffers;
using System.Text;
using SQLitePCL;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>
/// A prepared statement: bind its parameters in order, step through its rows, dispose it to hand it back to its connection. It works on
/// SQLite's own interface, as the store reads and writes so many small rows that a data reader's boxing would be half of the work.
/// </summary>
internal sealed class Statement(StoreConnection connection, sqlite3_stmt handle, bool kept) : IDisposable
{
    private int bound;

    public bool InUse { get; set; }

    public Statement Bind(long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, ++bound, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public Statement Bind(double value)
    {
        connection.Check(raw.sqlite3_bind_double(handle, ++bound, value));
        return this;
    }

    public Statement Bind(string? value)
    {
        if (value is null)
            return BindNull();
        if (value.Length == 0)
        {
            // An empty span has no address, which SQLite would take for NULL.
            connection.Check(raw.sqlite3_bind_text(handle, ++bound, value));
            return this;
        }
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[512];
        var length = Encoding.UTF8.GetBytes(value, buffer);
        var result = raw.sqlite3_bind_text(handle, ++bound, buffer[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        connection.Check(result);
        return this;
    }

    public Statement BindNull()
    {
        connection.Check(raw.sqlite3_bind_null(handle, ++bound));
        return this;
    }

    public Statement BindAll(IEnumerable<object> values)
    {
        foreach (var value in values)
            _ = value switch
            {
                long number => Bind(number),
                int number => Bind((long)number),
                bool truth => Bind(truth ? 1L : 0L),
                double number => Bind(number),
                string text => Bind(text),
                _ => throw new ArgumentException($"A {value.GetType()} cannot be bound.", nameof(values)),
            };
        return this;
    }

    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            connection.Check(result);
        return false;
    }

    /// <summary>Runs the statement to its end and hands it back.</summary>
    public void Run()
    {
        using (this)
            while (Step())
            {
            }
    }

    /// <summary>Whether the statement gives any row; hands it back.</summary>
    public bool Any()
    {
        using (this)
            return Step();
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The text, or a BLOB's bytes taken as text: MLMD's own files may hold either.</summary>
    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    public void Dispose()
    {
        if (!kept)
        {
            handle.Dispose();
            return;
        }
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
        bound = 0;
        InUse = false;
    }

    public void Close() => handle.Dispose();
}
