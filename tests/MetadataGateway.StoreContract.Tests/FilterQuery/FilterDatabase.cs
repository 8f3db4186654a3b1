using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Nodes;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

/// <summary>An empty database of its own with MLMD's tables and indexes, taken over from a file that MLMD has written.</summary>
internal sealed class FilterDatabase : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public FilterDatabase()
    {
        connection.Open();
        Execute($"ATTACH '{Path.Combine(AppContext.BaseDirectory, "Fixtures", "mlmd-1.17.db")}' AS written");
        var statements = Read("SELECT sql FROM written.sqlite_master WHERE sql NOT NULL AND name <> 'sqlite_sequence' ORDER BY rowid");
        foreach (var sql in statements)
            Execute((string)sql);
        Execute("DETACH written");
    }

    public void Execute(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    public List<long> Match(NodeKind kind, string filterQuery)
    {
        var condition = FilterQueryCompiler.Compile(filterQuery, kind);
        var sql = $"SELECT node.id FROM {kind} AS node WHERE {condition.Sql} ORDER BY node.id";
        return [.. Read(sql, [.. condition.Parameters]).Cast<long>()];
    }

    /// <summary>SQLite's plan for one page of the list with this filter.</summary>
    public string Plan(NodeKind kind, string filterQuery)
    {
        var condition = FilterQueryCompiler.Compile(filterQuery, kind);
        using var command = Command(
            $"EXPLAIN QUERY PLAN SELECT * FROM {kind} AS node WHERE {condition.Sql} AND node.id > 0 ORDER BY node.id LIMIT 21",
            [.. condition.Parameters]);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    public void Dispose() => connection.Dispose();

    private List<object> Read(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<object>();
        while (reader.Read())
            rows.Add(reader.GetValue(0));
        return rows;
    }

    private SqliteCommand Command(string sql, object?[] values)
    {
        // Microsoft.Data.Sqlite wants a name for each parameter; ?1, ?2, … are numbered as the question marks are.
        var parts = sql.Split('?');
        var command = connection.CreateCommand();
        command.CommandText = parts[0] + string.Concat(parts.Skip(1).Select((part, index) => $"?{index + 1}{part}"));
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"?{index + 1}", values[index] ?? DBNull.Value);
        return command;
    }
}
