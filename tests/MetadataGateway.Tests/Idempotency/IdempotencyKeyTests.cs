using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Idempotency;

/// <summary>What a key may be, what it stands for, and what does not use it up.</summary>
public sealed class IdempotencyKeyTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Longest = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~0123456789012345678901234567890123";

    [Theory]
    [InlineData("k")]
    [InlineData("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")]
    [InlineData(Longest)]
    public async Task Key_OfVisibleAscii_IsTaken(string key)
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/executions";

        var first = (await gateway.Client.PostKeyed(path, """{"name": "e"}""", key)).ExpectFirst();
        var repeat = await gateway.Client.PostKeyed(path, """{"name": "e"}""", key);

        repeat.ExpectReplayOf(first);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    [InlineData($"{Longest}x")]
    public async Task Key_ThatIsNone_Returns400OnEveryPost(string key)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var execution = await gateway.Client.CreateAsync($"{workspace}/executions", """{"name": "e"}""");
        (string Path, string? Body)[] posts =
        [
            ($"{workspace}/executions", """{"name": "e"}"""),
            ($"{workspace}/models", """{"name": "e", "uri": "u"}"""),
            ($"{workspace}/artifacts:batchCreate", """{"requests": [{"kind": "metrics", "name": "e", "uri": "u"}]}"""),
            ($"{HttpJson.Api}/executions/{execution}/inputs", """{"kind": "metrics", "name": "e", "uri": "u"}"""),
            ($"{workspace}/runs", """{"name": "r"}"""),
            ($"{HttpJson.Api}/workspaces", """{"name": "other"}"""),
            ($"{HttpJson.Api}/artifactTypes", """{"name": "t"}"""),
            ($"{HttpJson.Api}/artifacts/1:undelete", null),
        ];
        var stored = await StoredRows.CountAsync(gateway.Store);

        foreach (var (path, body) in posts)
        {
            var answer = await gateway.Client.SendText(HttpMethod.Post, path, body, ("Idempotency-Key", key));

            answer.ExpectProblem(HttpStatusCode.BadRequest, "Idempotency-Key");
        }

        Assert.Equal(stored, await StoredRows.CountAsync(gateway.Store));
    }

    [Fact]
    public async Task Key_GivenTwice_Returns400TogetherWithOtherFaults()
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/executions?what=1";

        var answer = await gateway.Client.PostJson(path, """{"name": 1}""", ("Idempotency-Key", "a"), ("Idempotency-Key", "b"));

        answer.ExpectProblem(HttpStatusCode.BadRequest, "Idempotency-Key", "name", "what");
    }

    [Fact]
    public async Task Key_OnOtherMethods_IsIgnored()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        (await gateway.Client.PatchJson(workspace, """{"description": "d"}""", ("Idempotency-Key", "two words"))).Expect(HttpStatusCode.OK);
        (await gateway.Client.PutJson(workspace, """{"description": "e"}""", ("Idempotency-Key", "k"))).Expect(HttpStatusCode.OK);
        (await gateway.Client.GetJson(workspace, ("Idempotency-Key", "k"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Key_OnPostsThatAreIdempotentByName_ChangesNothing()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        (await gateway.Client.PostKeyed($"{workspace}/runs", """{"name": "r"}""", "k")).ExpectFirst();
        (await gateway.Client.PostKeyed($"{workspace}/runs", """{"name": "r"}""", "k")).ExpectFirst(HttpStatusCode.OK);
        (await gateway.Client.PostKeyed($"{workspace}/runs", """{"name": "s"}""", "k")).ExpectFirst();
    }

    [Fact]
    public async Task Body_WrittenInAnotherWay_IsTheSame()
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/executions";
        var first = (await gateway.Client.PostKeyed(
            $"{path}?ifExists=new&createWorkspace=true", """{"name": "é", "customProperties": {"a": 1.50, "b": [null, true]}}""", "k"))
            .ExpectFirst();

        var repeat = await gateway.Client.PostKeyed(
            $"{path}?createWorkspace=tru%65&ifExists=new", """
            { "customProperties" : { "b" : [ null , true ], "a" : 1.50 },
              "name" : "\u00e9" }
            """, "k");

        repeat.ExpectReplayOf(first);
    }

    [Theory]
    [InlineData("""{"name": "e", "customProperties": {"a": 1.0}}""")]
    [InlineData("""{"name": "e", "customProperties": {"a": 1}, "description": null}""")]
    [InlineData("""{"name": "E", "customProperties": {"a": 1}}""")]
    public async Task Body_ThatSaysAnotherThing_IsAnother(string other)
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/executions";
        (await gateway.Client.PostKeyed(path, """{"name": "e", "customProperties": {"a": 1}}""", "k")).ExpectFirst();

        var answer = await gateway.Client.PostKeyed(path, other, "k");

        answer.ExpectKeyReused();
    }

    [Fact]
    public async Task Key_OnAnotherPath_IsAnother()
    {
        var (one, other) = (await gateway.Client.NewWorkspaceAsync(), await gateway.Client.NewWorkspaceAsync());
        string[] paths = [$"{one}/models", $"{other}/models", $"{one}/datasets", $"{one}/metrics"];

        foreach (var path in paths)
        {
            (await gateway.Client.PostKeyed(path, """{"name": "n", "uri": "u"}""", "k")).ExpectFirst();
        }

        (await gateway.Client.PostKeyed(paths[0], """{"name": "n", "uri": "u"}""", "K")).ExpectFirst(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Key_OnAPathWithOtherEscapes_IsTheSame()
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/team%2Fvision", "{}");

        var first = (await gateway.Client.PostKeyed($"{HttpJson.Api}/workspaces/team%2Fvision/executions", """{"name": "e"}""", "k")).ExpectFirst();
        var repeat = await gateway.Client.PostKeyed($"{HttpJson.Api}/workspaces/t%65am%2fvision/executions", """{"name": "e"}""", "k");

        repeat.ExpectReplayOf(first);
    }

    [Fact]
    public async Task FailedRequest_DoesNotUseTheKeyUp()
    {
        const string name = "later";
        var path = $"{HttpJson.Api}/workspaces/{name}/executions";

        (await gateway.Client.PostKeyed(path, """{"name": "e"}""", "k")).ExpectProblem(HttpStatusCode.NotFound);
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/{name}", "{}");
        (await gateway.Client.PostKeyed(path, """{"name": "e", "state": "what"}""", "k")).ExpectProblem(HttpStatusCode.BadRequest, "state");
        (await gateway.Client.PostKeyed(path, """{"name": "e", "inputs": [{"artifactId": "999999"}]}""", "k"))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "inputs[0].artifactId");
        await gateway.Client.CreateAsync(path, """{"name": "e", "externalId": "taken"}""");
        (await gateway.Client.PostKeyed(path, """{"name": "e", "externalId": "taken"}""", "k")).ExpectProblem(HttpStatusCode.Conflict, "externalId");

        (await gateway.Client.PostKeyed(path, """{"name": "e"}""", "k")).ExpectFirst();
    }

    [Fact]
    public async Task RequestWhileTheStoreIsAway_DoesNotUseTheKeyUp()
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/datasets";
        gateway.Calls.Unavailable = "PutLineageSubgraph";
        var away = await gateway.Client.PostKeyed(path, """{"name": "e", "uri": "u"}""", "k");
        gateway.Calls.Unavailable = null;

        away.ExpectProblem(HttpStatusCode.ServiceUnavailable);
        (await gateway.Client.PostKeyed(path, """{"name": "e", "uri": "u"}""", "k")).ExpectFirst();
    }

    [Fact]
    public async Task RequestWhoseReadBackFailed_IsReplayed()
    {
        var path = $"{await gateway.Client.NewWorkspaceAsync()}/executions";
        gateway.Calls.Unavailable = "GetExecutionsByID";
        var away = await gateway.Client.PostKeyed(path, """{"name": "e"}""", "k");
        gateway.Calls.Unavailable = null;

        away.ExpectProblem(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("e", (string?)(await gateway.Client.PostKeyed(path, """{"name": "e"}""", "k")).ExpectReplay()["name"]);
        Assert.Single((await gateway.Client.GetJson(path))["items"]!.AsArray());
    }
}
