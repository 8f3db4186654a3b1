using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Idempotency;

/// <summary>Links: a repeat answers the item, whether the first one made it or found it.</summary>
public sealed class RepeatedLinkTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("inputs", """{"kind": "dataset", "name": "d", "uri": "file://d", "key": "k"}""")]
    [InlineData("outputs", """{"kind": "metrics", "name": "d", "uri": "file://d"}""")]
    [InlineData("inputs", """{"artifactId": "ID", "key": "k"}""")]
    [InlineData("outputs", """{"match": {"name": "stored"}}""")]
    [InlineData("outputs", """{"kind": "model", "name": "stored", "uri": "file://stored", "owner": "b"}""")]
    public async Task Link_Repeated_AnswersTheSameAndStoresNothing(string collection, string link)
    {
        var (execution, artifact) = await PrepareAsync();
        var body = link.Replace("ID", artifact, StringComparison.Ordinal);

        var first = (await gateway.Client.PostKeyed($"{execution}/{collection}", body, "once")).ExpectFirst();
        var stored = await StoredRows.CountAsync(gateway.Store);
        var repeat = await gateway.Client.PostKeyed($"{execution}/{collection}", body, "once");
        var minimal = await gateway.Client.PostKeyed($"{execution}/{collection}", body, "once", KeyedCalls.Minimal);

        repeat.ExpectReplayOf(first);
        Assert.Equal((string?)first["artifact"]!["id"], (string?)minimal.ExpectReplay()["artifactId"]);
        Assert.Equal((string?)first["key"], (string?)minimal["key"]);
        Assert.Equal(stored, await StoredRows.CountAsync(gateway.Store));
    }

    [Fact]
    public async Task Link_ThatIsThere_IsReplayedToo()
    {
        var (execution, artifact) = await PrepareAsync();
        (await gateway.Client.PostJson($"{execution}/inputs", $$"""{"artifactId": "{{artifact}}", "key": "k"}""")).Expect(HttpStatusCode.Created);
        var body = $$"""{"artifactId": "{{artifact}}"}""";

        var first = (await gateway.Client.PostKeyed($"{execution}/inputs", body, "once")).ExpectFirst(HttpStatusCode.OK);
        var repeat = await gateway.Client.PostKeyed($"{execution}/inputs", body, "once");

        repeat.ExpectReplayOf(first);
        Assert.Equal("k", (string?)repeat["key"]);
    }

    [Fact]
    public async Task Link_ByASearchThatFindsANewerOneNow_AnswersTheOldOne()
    {
        var (execution, artifact) = await PrepareAsync();
        const string body = """{"match": {"name": "stored"}}""";

        (await gateway.Client.PostKeyed($"{execution}/inputs", body, "once")).ExpectFirst();
        var workspace = (string?)(await gateway.Client.GetJson(execution))["workspace"];
        await gateway.Client.CreateAsync($"{HttpJson.Api}/workspaces/{workspace}/models", """{"name": "stored", "uri": "file://newer"}""");
        var repeat = await gateway.Client.PostKeyed($"{execution}/inputs", body, "once");

        Assert.Equal(artifact, (string?)repeat.ExpectReplay()["artifact"]!["id"]);
        Assert.Single((await gateway.Client.GetJson($"{execution}/inputs"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Link_WithTheKeyOfAnotherLink_Returns422()
    {
        var (execution, artifact) = await PrepareAsync();

        (await gateway.Client.PostKeyed($"{execution}/inputs", $$"""{"artifactId": "{{artifact}}"}""", "once")).ExpectFirst();
        var other = await gateway.Client.PostKeyed($"{execution}/inputs", $$"""{"artifactId": "{{artifact}}", "key": "k"}""", "once");
        var output = await gateway.Client.PostKeyed($"{execution}/outputs", $$"""{"artifactId": "{{artifact}}"}""", "once");

        other.ExpectKeyReused();
        output.ExpectFirst();
    }

    [Fact]
    public async Task Link_ThatUpdatesItsArtifact_ChangesItOnce()
    {
        var (execution, artifact) = await PrepareAsync();
        const string body = """{"kind": "model", "name": "stored", "uri": "file://stored", "owner": "b"}""";

        var first = (await gateway.Client.PostKeyed($"{execution}/inputs?ifExists=update", body, "once")).ExpectFirst();
        await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{artifact}", """{"owner": "c"}""");
        var repeat = (await gateway.Client.PostKeyed($"{execution}/inputs?ifExists=update", body, "once")).ExpectReplay();

        Assert.Equal((artifact, "b"), ((string?)first["artifact"]!["id"], (string?)first["artifact"]!["owner"]));
        Assert.Equal((artifact, "c"), ((string?)repeat["artifact"]!["id"], (string?)repeat["artifact"]!["owner"]));
    }

    private async Task<(string Execution, string Artifact)> PrepareAsync()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var artifact = await gateway.Client.CreateAsync($"{workspace}/models", """{"name": "stored", "uri": "file://stored", "owner": "a"}""");
        return ($"{HttpJson.Api}/executions/{await gateway.Client.CreateAsync($"{workspace}/executions", """{"name": "e"}""")}", artifact);
    }
}
