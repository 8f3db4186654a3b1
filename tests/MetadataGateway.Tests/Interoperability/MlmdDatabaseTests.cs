using System.Net;
using MetadataGateway.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.Tests.Interoperability;

public sealed class MlmdDatabaseTests(MlmdDatabase database) : IClassFixture<MlmdDatabase>
{
    public static TheoryData<int> Artifacts => [.. Enumerable.Range(1, 17)];

    public static TheoryData<int> Executions => [.. Enumerable.Range(1, 14)];

    [Theory, MemberData(nameof(Artifacts))]
    public async Task Artifact_WhateverMlmdStored_IsReadableEverywhere(int id)
    {
        foreach (var part in new[] { "", "/producers", "/consumers", "/lineage", "/lineage?direction=upstream", "/lineage?format=dot", "/lineage?format=mermaid" })
        {
            (await database.Client.GetJson($"{HttpJson.Api}/artifacts/{id}{part}")).Expect(HttpStatusCode.OK);
        }

        Assert.Equal($"{id}", (string?)(await database.Client.GetJson($"{HttpJson.Api}/artifacts/{id}"))["id"]);
        var lineage = await database.Client.GetJson($"{HttpJson.Api}/artifacts/{id}/lineage");
        Assert.Equal($"artifact/{id}", (string?)lineage["nodes"]![0]!["ref"]);
    }

    [Theory, MemberData(nameof(Executions))]
    public async Task Execution_WhateverMlmdStored_IsReadableEverywhere(int id)
    {
        foreach (var part in new[] { "", "?view=full", "/inputs", "/outputs", "/lineage", "/lineage?direction=downstream", "/lineage?format=dot", "/lineage?format=mermaid" })
        {
            (await database.Client.GetJson($"{HttpJson.Api}/executions/{id}{part}")).Expect(HttpStatusCode.OK);
        }

        var plain = await database.Client.GetJson($"{HttpJson.Api}/executions/{id}");
        var full = await database.Client.GetJson($"{HttpJson.Api}/executions/{id}?view=full");
        Assert.Equal($"{id}", (string?)plain["id"]);
        Assert.Equal(plain.ETag, full.ETag);
        // The plain representation is the beginning of the full one.
        Assert.StartsWith(plain.Text[..^1], full.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("executions/1", """
        {"id":"1","name":null,"type":"fx.Train","typeVersion":null,"workspace":null,"run":null,"description":null,"state":"COMPLETE","externalId":"execution-full","properties":{"b":true,"d":2.5,"i":{"@int":"-9007199254740993"},"p":{"@proto":{"typeUrl":"example.com/x/google.protobuf.StringValue","value":"CgZwYWNrZWQ="}},"s":"Ünïcödé 漢字 🚀 'q' \"dq\"","st":{"empty":{},"list":[1,"two",null,true,{"deep":[0.5]}],"obj":{"k":"v"}}},"customProperties":{}}
        """)]
    [InlineData("executions/10", """{"id":"10","name":null,"type":"fx.Deploy","typeVersion":"0.1","workspace":null,"run":null,"description":null,"state":null,"externalId":null,"properties":{},"customProperties":{}}""")]
    [InlineData("executions/13", """{"id":"13","name":"exec-d620ffcf","type":"kubeflow.org/alpha/execution","typeVersion":null,"workspace":"ws_d620ffcf","run":"run-d620ffcf","description":"training","state":null,"externalId":null,"properties":{},"customProperties":{}}""")]
    [InlineData("artifacts/13", """{"kind":"model","id":"13","type":"mlmd.Model","typeVersion":null,"name":null,"uri":null,"description":null,"owner":null,"version":null,"labels":{},"state":null,"externalId":null,"workspace":null,"run":null,"modelType":null,"trainingFramework":null,"hyperparameters":{},"properties":{},"additionalProperties":{},"customProperties":{}}""")]
    [InlineData("artifacts/2", """{"kind":"artifact","id":"2","type":"fx.Dataset","typeVersion":"1","name":null,"uri":null,"description":null,"owner":null,"version":null,"labels":{},"state":null,"externalId":null,"workspace":null,"run":null,"properties":{"b":false,"d":0.0,"i":0,"s":"","st":{}},"additionalProperties":{},"customProperties":{"b":false,"d":0.0,"i":0,"s":"","st":{}}}""")]
    public async Task Get_OfForeignRecord_ShowsWhatIsStored(string path, string expected)
    {
        var answer = await database.Client.GetJson($"{HttpJson.Api}/{path}");

        answer.Expect(HttpStatusCode.OK);
        var shown = answer.Json!.AsObject();
        foreach (var member in new[] { "createTime", "updateTime", "etag" })
        {
            Assert.False(string.IsNullOrEmpty((string?)shown[member]));
            shown.Remove(member);
        }

        if (path == "executions/1")
        {
            // The same values again, as custom properties.
            shown["customProperties"] = new System.Text.Json.Nodes.JsonObject();
        }

        Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(expected)!.ToJsonString(), shown.ToJsonString());
    }

    [Fact]
    public async Task Lineage_OverEveryEventType_ShowsEachUnderItsName()
    {
        var answer = await database.Client.GetJson($"{HttpJson.Api}/executions/1/lineage?maxHops=1");

        Assert.Equal(
            [
                "execution/1 artifact/1 DECLARED_OUTPUT", "artifact/2 execution/1 DECLARED_INPUT", "artifact/3 execution/1 INPUT",
                "execution/1 artifact/4 OUTPUT", "artifact/5 execution/1 INTERNAL_INPUT", "execution/1 artifact/6 INTERNAL_OUTPUT",
                "execution/1 artifact/7 PENDING_OUTPUT",
            ],
            answer.Expect(HttpStatusCode.OK)["edges"]!.AsArray().Select(edge => $"{edge!["from"]} {edge["to"]} {edge["event"]}"));
        Assert.Equal("maxHops", (string?)answer["truncatedBy"]);
        Assert.Equal(["artifact/1", "artifact/5", "artifact/6"], answer["frontier"]!.AsArray().Select(node => (string?)node));
    }

    [Fact]
    public async Task Links_OfDeclaredAndInternalEvents_AreOnlyTheDeclaredOnes()
    {
        var full = await database.Client.GetJson($"{HttpJson.Api}/executions/1?view=full");

        Assert.Equal(["2", "3"], full["inputs"]!.AsArray().Select(link => (string?)link!["artifact"]!["id"]));
        Assert.Equal(["1", "4"], full["outputs"]!.AsArray().Select(link => (string?)link!["artifact"]!["id"]));
        var second = await database.Client.GetJson($"{HttpJson.Api}/executions/2?view=full");
        Assert.Equal(["examples"], second["inputs"]!.AsArray().Select(link => (string?)link!["key"]));
        Assert.Equal(["clé", null], second["outputs"]!.AsArray().Select(link => (string?)link!["key"]));
        Assert.Equal("1970-01-01T00:00:00.000Z", (string?)second["outputs"]![0]!["eventTime"]);
    }

    [Fact]
    public async Task File_AfterTheGatewayStopped_IsStillMlmdsOwn()
    {
        using var folder = new TemporaryFolder();
        var path = folder.CopyOf("Fixtures/mlmd-1.17.db");
        await using (var gateway = new GatewayFactory().With("EmbeddedStore:DatabasePath", path))
        {
            (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/ws_d620ffcf/executions", """{"name": "one more"}""")).Expect(HttpStatusCode.Created);
        }

        await using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();

        Assert.Equal("ok", await ScalarAsync(connection, "PRAGMA integrity_check"));
        Assert.Equal(10L, await ScalarAsync(connection, "SELECT schema_version FROM MLMDEnv"));
        Assert.Equal(15L, await ScalarAsync(connection, "SELECT count(*) FROM Execution"));
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
