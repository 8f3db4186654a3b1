using System.Text.Json;
using MetadataGateway.StoreContract.Tests.Hosting;
using MetadataGateway.StoreContract.Tests.Replay;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.StoreContract.Tests.Files;

/// <summary>Files that MLMD has written are opened and read as MLMD itself reads them.</summary>
[Trait("Category", "StoreContract")]
public sealed class FixtureTests
{
    public static TheoryData<string> Databases => [.. Directory.EnumerateFiles(Folder, "*.db").Select(file => Path.GetFileNameWithoutExtension(file))];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Calls_OnAFileOfMlmd_AreAnsweredAsByMlmd(string database)
    {
        using var folder = new TemporaryFolder();
        var copy = Copy(database, folder);
        await using var server = await StoreServer.Start(copy);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, database + ".expected.json")));

        var faults = new List<string>();
        foreach (var call in expected.RootElement.GetProperty("calls").EnumerateArray())
            if (await Fault(server, new TranscriptStep(call)) is { } fault)
                faults.Add($"{call.GetProperty("method")} {call.GetProperty("request")}: {fault}");

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Dispose_AfterWork_LeavesOneFileWithUnchangedRows(string database)
    {
        using var folder = new TemporaryFolder();
        var copy = Copy(database, folder);
        var before = Rows(copy);

        await using (await StoreServer.Start(copy))
        {
        }

        Assert.False(File.Exists(copy + "-wal"));
        Assert.False(File.Exists(copy + "-shm"));
        Assert.Equal(before, Rows(copy));
    }

    private static string Copy(string database, TemporaryFolder folder)
    {
        var copy = folder.File("metadata.db");
        File.Copy(Path.Combine(Folder, database + ".db"), copy);
        return copy;
    }

    private static async Task<string?> Fault(StoreServer server, TranscriptStep call)
    {
        var request = MessageParser.Parse(StoreCaller.Method(call.Method).InputType, call.Request);
        var answer = await server.Caller.Call(call.Method, request);
        if (answer.Status != call.Status)
            return $"status {answer.Status} instead of {call.Status}; {answer.Detail}";
        return answer.Response is null
            ? null
            : new ResponseComparison(call.Unordered, 0, long.MaxValue).FirstDifference(call.Response, MessageFormatter.Format(answer.Response));
    }

    private static List<string> Rows(string path)
    {
        using var connection = Database.Open(path);
        return [.. Database.Texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            .SelectMany(table => AllOf(connection, table).Prepend(table))];
    }

    private static IEnumerable<string> AllOf(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return string.Join('|', row);
        }
    }
}
