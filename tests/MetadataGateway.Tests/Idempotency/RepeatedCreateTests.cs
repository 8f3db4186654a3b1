using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Idempotency;

/// <summary>Executions and artifacts: the repeat of a request with a key records nothing.</summary>
public sealed class RepeatedCreateTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Execution =
        """
        {"name": "e", "run": "r", "customProperties": {"a": 1, "b": [1.0, "x"]}, "inputs": [{"kind": "dataset", "name": "in", "uri": "file://in", "key": "k"}],
         "outputs": [{"kind": "model", "name": "out", "uri": "file://out"}, {"kind": "metrics", "name": "n", "uri": "file://n", "values": {"loss": 0.5}}]}
        """;

    public static TheoryData<string, string> Creates => new()
    {
        { "executions", """{"name": "plain"}""" },
        { "executions", Execution },
        { "datasets", """{"name": "d", "uri": "file://d", "run": "r"}""" },
        { "models", """{"name": "d", "uri": "file://d"}""" },
        { "metrics", """{"name": "d", "uri": "file://d"}""" },
        { "artifacts", """{"kind": "artifact", "type": "mlmd.Statistics"}""" },
        { "artifacts:batchCreate", """{"requests": [{"kind": "dataset", "name": "d", "uri": "file://d"}, {"kind": "metrics", "name": "m", "uri": "file://m"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Creates))]
    public async Task Create_Repeated_AnswersTheSameAndStoresNothing(string collection, string body)
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/{collection}";

        var first = (await gateway.Client.PostKeyed(path, body, "once")).ExpectFirst();
        var stored = await StoredRows.CountAsync(gateway.Store);
        var repeat = await gateway.Client.PostKeyed(path, body, "once");

        repeat.ExpectReplayOf(first);
        Assert.Equal(stored, await StoredRows.CountAsync(gateway.Store));
    }

    [Theory]
    [MemberData(nameof(Creates))]
    public async Task Create_RepeatedWithMinimal_AnswersTheSameIds(string collection, string body)
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/{collection}";

        var first = (await gateway.Client.PostKeyed(path, body, "once", KeyedCalls.Minimal)).ExpectFirst();
        var stored = await StoredRows.CountAsync(gateway.Store);
        var repeat = await gateway.Client.PostKeyed(path, body, "once", KeyedCalls.Minimal);
        var full = await gateway.Client.PostKeyed(path, body, "once");

        repeat.ExpectReplayOf(first);
        Assert.Equal(["return=minimal"], repeat.Message.Headers.GetValues("Preference-Applied"));
        full.ExpectReplay();
        Assert.Equal((string?)first["id"], (string?)full["id"]);
        Assert.Equal(stored, await StoredRows.CountAsync(gateway.Store));
    }

    [Theory]
    [MemberData(nameof(Creates))]
    public async Task Create_WithAnotherBodyOrQuery_Returns422AndStoresNothing(string collection, string body)
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/{collection}";
        (await gateway.Client.PostKeyed(path, body, "once")).ExpectFirst();
        var stored = await StoredRows.CountAsync(gateway.Store);
        var other = body.Contains("\"kind\"", StringComparison.Ordinal)
            ? body.Replace("\"kind\"", "\"description\": \"other\", \"kind\"", StringComparison.Ordinal)
            : body.Replace("\"name\"", "\"description\": \"other\", \"name\"", StringComparison.Ordinal);

        var otherBody = await gateway.Client.PostKeyed(path, other, "once");
        var otherQuery = await gateway.Client.PostKeyed($"{path}?ifExists=new", body, "once");

        otherBody.ExpectKeyReused();
        otherQuery.ExpectKeyReused();
        Assert.Equal(stored, await StoredRows.CountAsync(gateway.Store));
    }

    [Fact]
    public async Task Create_Repeated_ShowsTheRecordAsItIsNow()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var first = await gateway.Client.PostKeyed($"{workspace}/executions", """{"name": "e"}""", "once");
        await gateway.Client.PatchJson(first.Location!, """{"state": "COMPLETE"}""");
        await gateway.Client.PostJson($"{first.Location}/outputs", """{"kind": "model", "name": "m", "uri": "u"}""");

        var repeat = (await gateway.Client.PostKeyed($"{workspace}/executions", """{"name": "e"}""", "once")).ExpectReplay();

        var now = await gateway.Client.GetJson($"{first.Location}?view=full");
        Assert.Equal(now.Text, repeat.Text);
        Assert.Equal(now.ETag, repeat.ETag);
    }

    [Fact]
    public async Task CreateArtifact_ThatReusesAStoredOne_IsReplayedAlsoWhenThatOneIsGone()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var id = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "u", "owner": "a"}""");
        const string body = """{"name": "d", "uri": "u", "owner": "b"}""";

        var first = (await gateway.Client.PostKeyed($"{workspace}/datasets", body, "once")).ExpectFirst(HttpStatusCode.OK);
        var repeat = await gateway.Client.PostKeyed($"{workspace}/datasets", body, "once");
        await gateway.Client.SendText(HttpMethod.Delete, $"{HttpJson.Api}/artifacts/{id}", null);
        var late = await gateway.Client.PostKeyed($"{workspace}/datasets", body, "once");

        Assert.Equal("owner", (string?)first["conflicts"]![0]);
        repeat.ExpectReplayOf(first);
        Assert.Equal(id, (string?)late.ExpectReplay()["id"]);
        Assert.Equal("MARKED_FOR_DELETION", (string?)late["state"]);
    }

    [Fact]
    public async Task CreateArtifact_ThatUpdatesAStoredOne_ChangesItOnce()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var id = await gateway.Client.CreateAsync($"{workspace}/models", """{"name": "m", "uri": "u", "owner": "a"}""");
        var path = $"{workspace}/models?ifExists=update";
        const string body = """{"name": "m", "uri": "u", "owner": "b"}""";

        var first = (await gateway.Client.PostKeyed(path, body, "once")).ExpectFirst(HttpStatusCode.OK);
        await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"owner": "c"}""");
        var repeat = (await gateway.Client.PostKeyed(path, body, "once")).ExpectReplay();

        Assert.Equal((id, "b"), ((string?)first["id"], (string?)first["owner"]));
        Assert.Equal((id, "c"), ((string?)repeat["id"], (string?)repeat["owner"]));
    }

    [Theory]
    [InlineData("fail", """{"name": "f", "uri": "u"}""")]
    [InlineData("new", """{"name": "f", "uri": "u"}""")]
    [InlineData("reuse", """{"name": "f", "uri": "u", "externalId": "theirs"}""")]
    public async Task CreateArtifact_ThatWouldBeRefusedOrDoubled_IsReplayed(string ifExists, string body)
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/datasets?ifExists={ifExists}";

        var first = (await gateway.Client.PostKeyed(path, body, "once")).ExpectFirst();
        var repeat = await gateway.Client.PostKeyed(path, body, "once");

        repeat.ExpectReplayOf(first);
    }

    [Fact]
    public async Task CreateExecution_WithReusedReferredAndSearchedArtifacts_IsReplayedWithItsConflicts()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var reference = await gateway.Client.CreateAsync($"{workspace}/metrics", """{"name": "m", "uri": "u"}""");
        await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "file://d", "owner": "a"}""");
        await gateway.Client.CreateAsync($"{workspace}/models", """{"name": "m", "uri": "file://m"}""");
        var body = $$$"""
            {"name": "e", "inputs": [{"kind": "dataset", "name": "d", "uri": "file://d", "owner": "b"}, {"artifactId": "{{{reference}}}"}, {"match": {"uri": "file://m"}}],
             "outputs": [{"kind": "model", "name": "new", "uri": "file://new"}, {"kind": "model", "name": "new", "uri": "file://new", "key": "again"}]}
            """;

        var first = (await gateway.Client.PostKeyed($"{workspace}/executions", body, "once")).ExpectFirst();
        var repeat = await gateway.Client.PostKeyed($"{workspace}/executions", body, "once");

        Assert.Equal("owner", (string?)first["inputs"]![0]!["artifact"]!["conflicts"]![0]);
        repeat.ExpectReplayOf(first);
    }

    [Fact]
    public async Task CreateExecution_ThatMakesItsWorkspace_IsReplayed()
    {
        var path = $"{HttpJson.Api}/workspaces/made/executions?createWorkspace=true";

        var first = (await gateway.Client.PostKeyed(path, Execution, "once")).ExpectFirst();
        var repeat = await gateway.Client.PostKeyed(path, Execution, "once");

        repeat.ExpectReplayOf(first);
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfNewReusedAndRepeatedOnes_IsReplayedInOrder()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "u", "owner": "a"}""");
        var path = $"{workspace}/artifacts:batchCreate";
        const string body =
            """
            {"requests": [{"kind": "metrics", "name": "1", "uri": "u"}, {"kind": "dataset", "name": "d", "uri": "u", "owner": "b"}, {"kind": "model", "name": "n", "uri": "u"},
              {"kind": "model", "name": "n", "uri": "u", "owner": "x"}, {"kind": "dataset", "name": "d", "uri": "u"}, {"kind": "metrics", "name": "2", "uri": "u"}]}
            """;

        var first = (await gateway.Client.PostKeyed(path, body, "once")).ExpectFirst();
        var stored = await StoredRows.CountAsync(gateway.Store);
        var repeat = await gateway.Client.PostKeyed(path, body, "once");

        repeat.ExpectReplayOf(first);
        Assert.Equal(stored, await StoredRows.CountAsync(gateway.Store));
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfUpdatedAndNewOnes_IsReplayedInOrder()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "u", "owner": "a"}""");
        var path = $"{workspace}/artifacts:batchCreate?ifExists=update";
        const string body = """{"requests": [{"kind": "model", "name": "n", "uri": "u"}, {"kind": "dataset", "name": "d", "uri": "u", "owner": "b"}]}""";

        var first = (await gateway.Client.PostKeyed(path, body, "once")).ExpectFirst();
        var repeat = await gateway.Client.PostKeyed(path, body, "once");

        repeat.ExpectReplayOf(first);
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfAThousandStoredOnes_IsReplayed()
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/artifacts:batchCreate";
        var body = $$"""{"requests": [{{string.Join(',', Enumerable.Range(0, 1000).Select(Nth))}}]}""";
        (await gateway.Client.PostJson(path, body)).Expect(HttpStatusCode.Created);

        var first = (await gateway.Client.PostKeyed(path, body, "once")).ExpectFirst(HttpStatusCode.OK);
        var stored = await StoredRows.CountAsync(gateway.Store);
        var repeat = await gateway.Client.PostKeyed(path, body, "once");

        repeat.ExpectReplayOf(first);
        Assert.Null(repeat.Location);
        Assert.Equal(stored, await StoredRows.CountAsync(gateway.Store));
    }

    private static string Nth(int i) => $$"""{"kind": "dataset", "name": "{{i}}", "uri": "u"}""";
}
