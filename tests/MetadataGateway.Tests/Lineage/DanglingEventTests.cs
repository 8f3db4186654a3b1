using System.Net;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.Tests.Lineage;

/// <summary>MLMD before 1.17 lets events name nodes that do not exist.</summary>
public sealed class DanglingEventTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GatewayFactory _gateway = new();

    public async Task InitializeAsync()
    {
        var path = _folder.CopyOf("Fixtures/sdk-demo.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO Event (artifact_id, execution_id, type) VALUES (99, 1, 3), (98, 1, 4), (3, 97, 3), (1, 96, 4)";
            await command.ExecuteNonQueryAsync();
        }

        _gateway.With("EmbeddedStore:DatabasePath", path);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _gateway.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "artifact/2 execution/1 execution/2 artifact/1", null)]
    [InlineData("?nodeLimit=3", "artifact/2 execution/1 execution/2", "nodeLimit")]
    [InlineData("?nodeLimit=4", "artifact/2 execution/1 execution/2 artifact/1", null)]
    [InlineData("?maxHops=1", "artifact/2 execution/1 execution/2", "maxHops")]
    [InlineData("?maxHops=1&direction=downstream", "artifact/2 execution/2", null)]
    [InlineData("?maxHops=2", "artifact/2 execution/1 execution/2 artifact/1", null)]
    public async Task GetLineage_PastDanglingEvents_ShowsWhatExists(string query, string nodes, string? truncatedBy)
    {
        foreach (var failing in new (string, StatusCode)?[] { null, ("GetLineageSubgraph", StatusCode.Internal) })
        {
            _gateway.Calls.Failing = failing;
            await AssertShowsAsync(query, nodes, truncatedBy);
        }
    }

    private async Task AssertShowsAsync(string query, string nodes, string? truncatedBy)
    {
        var answer = await _gateway.Client.GetJson($"{HttpJson.Api}/artifacts/2/lineage{query}");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(nodes, string.Join(' ', answer["nodes"]!.AsArray().Select(node => (string?)node!["ref"])));
        Assert.Equal(truncatedBy, (string?)answer["truncatedBy"]);
        Assert.All(answer["edges"]!.AsArray(), edge => Assert.Contains((string)edge!["from"]!, nodes, StringComparison.Ordinal));
        Assert.All(answer["edges"]!.AsArray(), edge => Assert.Contains((string)edge!["to"]!, nodes, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Links_WithDanglingEvents_ShowWhatExists()
    {
        var full = (await _gateway.Client.GetJson($"{HttpJson.Api}/executions/1?view=full")).Expect(HttpStatusCode.OK);
        var consumers = (await _gateway.Client.GetJson($"{HttpJson.Api}/artifacts/3/consumers")).Expect(HttpStatusCode.OK);
        var lineage = (await _gateway.Client.GetJson($"{HttpJson.Api}/artifacts/3/lineage?direction=downstream")).Expect(HttpStatusCode.OK);

        Assert.Single(full["inputs"]!.AsArray());
        Assert.Equal(2, full["outputs"]!.AsArray().Count);
        Assert.Empty(consumers["items"]!.AsArray());
        Assert.Single(lineage["nodes"]!.AsArray());
    }
}
