using System.Collections.Concurrent;
using System.Net;
using MetadataGateway.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.Tests.Durability;

public sealed class KillTests
{
    private const int Rounds = 3;
    private const int Connections = 4;
    private const int AcknowledgedPerRound = 40;
    private const string Executions = $"{HttpJson.Api}/workspaces/load/executions";

    [Fact]
    public async Task Gateway_KilledUnderLoad_KeepsWhatItAcknowledgedAndNothingHalf()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metadata.db");
        var acknowledged = new ConcurrentDictionary<string, string>();
        for (var round = 1; round <= Rounds; round++)
        {
            var (process, client) = await GatewayProcess.StartAsync(path);
            await using var running = process;
            Assert.True(client is not null, process.Log);
            await LoadAndKillAsync(process, client, round, acknowledged);

            var (again, reader) = await GatewayProcess.StartAsync(path);
            await using var restarted = again;
            Assert.True(reader is not null, again.Log);
            await CheckAsync(reader, acknowledged);
            Assert.Equal("ok", await IntegrityAsync(path));
            await again.KillAsync();
        }

        Assert.True(acknowledged.Count >= Rounds * AcknowledgedPerRound);
    }

    [Fact]
    public async Task Gateway_OnAFileThatAnotherOneHas_FailsAtStartNamingTheKey()
    {
        using var folder = new TemporaryFolder();
        var (first, client) = await GatewayProcess.StartAsync(folder.File("metadata.db"));
        await using var running = first;
        Assert.True(client is not null, first.Log);

        var (second, other) = await GatewayProcess.StartAsync(folder.File("metadata.db"));
        await using var refused = second;

        Assert.Null(other);
        Assert.NotEqual(0, await second.WaitForExitAsync());
        Assert.Contains("EmbeddedStore:DatabasePath", second.Log, StringComparison.Ordinal);
        (await client.GetJson("/readyz")).Expect(HttpStatusCode.OK);
    }

    // Several connections record executions until enough are acknowledged; the process then dies in the middle of the others.
    private static async Task LoadAndKillAsync(GatewayProcess process, HttpClient client, int round, ConcurrentDictionary<string, string> acknowledged)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inRound = 0;
        var loads = Enumerable.Range(0, Connections).Select(async connection =>
        {
            for (var i = 0; i < 100 * AcknowledgedPerRound; i++)
            {
                Answer answer;
                var name = $"{round}-{connection}-{i}";
                try
                {
                    answer = await client.PostJson($"{Executions}?createWorkspace=true", Body(name));
                }
                catch (HttpRequestException)
                {
                    return;
                }

                acknowledged[(string)answer.Expect(HttpStatusCode.Created)["id"]!] = name;
                if (Interlocked.Increment(ref inRound) == AcknowledgedPerRound)
                {
                    enough.SetResult();
                }
            }
        }).ToList();

        await Task.WhenAny(enough.Task, Task.WhenAll(loads));
        await process.KillAsync();
        await Task.WhenAll(loads);
        Assert.True(inRound >= AcknowledgedPerRound, process.Log);
    }

    private static string Body(string name) => $$"""
        {"name": "{{name}}", "run": "{{name[..3]}}", "state": "COMPLETE",
         "inputs": [{"kind": "dataset", "name": "shared", "uri": "s3://shared", "key": "shared"}, {"kind": "dataset", "name": "in {{name}}", "uri": "s3://{{name}}", "key": "own"}],
         "outputs": [{"kind": "model", "name": "out {{name}}", "uri": "s3://{{name}}", "labels": {"a": "b"}, "key": "model"},
                     {"kind": "metrics", "name": "out {{name}}", "uri": "s3://{{name}}", "key": "metrics"}]}
        """;

    private static async Task CheckAsync(HttpClient client, ConcurrentDictionary<string, string> acknowledged)
    {
        var names = new Dictionary<string, string>();
        foreach (var execution in await ItemsAsync(client, Executions))
        {
            names.Add((string)execution["id"]!, (string)execution["name"]!);
        }

        Assert.All(acknowledged, execution => Assert.Equal(execution.Value, names.GetValueOrDefault(execution.Key)));
        foreach (var (id, name) in names)
        {
            var full = (await client.GetJson($"{HttpJson.Api}/executions/{id}?view=full")).Expect(HttpStatusCode.OK);
            Assert.Equal("COMPLETE", (string?)full["state"]);
            Assert.Equal([("shared", "shared"), ("own", $"in {name}")], full["inputs"]!.AsArray().Select(Link));
            Assert.Equal([("model", $"out {name}"), ("metrics", $"out {name}")], full["outputs"]!.AsArray().Select(Link));
        }

        // The one shared dataset, and three artifacts of each execution: none without its execution.
        Assert.Equal(1 + 3 * names.Count, (await ItemsAsync(client, $"{HttpJson.Api}/workspaces/load/artifacts")).Count);
    }

    private static async Task<List<System.Text.Json.Nodes.JsonNode>> ItemsAsync(HttpClient client, string path)
    {
        var items = new List<System.Text.Json.Nodes.JsonNode>();
        string? token = null;
        do
        {
            var page = (await client.GetJson($"{path}?pageSize=1000{(token is null ? "" : $"&pageToken={token}")}")).Expect(HttpStatusCode.OK);
            items.AddRange(page["items"]!.AsArray()!);
            token = (string?)page["nextPageToken"];
        }
        while (token is not null);
        return items;
    }

    private static (string?, string?) Link(System.Text.Json.Nodes.JsonNode? link) => ((string?)link!["key"], (string?)link["artifact"]!["name"]);

    private static async Task<string?> IntegrityAsync(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string?)await command.ExecuteScalarAsync();
    }
}
