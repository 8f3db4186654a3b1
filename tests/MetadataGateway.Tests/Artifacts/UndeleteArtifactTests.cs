using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Artifacts;

public sealed class UndeleteArtifactTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Artifacts = $"{HttpJson.Api}/artifacts";

    [Theory]
    [InlineData("""{"name": "1", "uri": "file://u"}""", null)]
    [InlineData("""{"name": "2", "uri": "file://u", "state": "LIVE"}""", "LIVE")]
    [InlineData("""{"name": "3", "uri": "file://u", "state": "UNKNOWN"}""", "UNKNOWN")]
    [InlineData("""{"name": "4", "uri": "file://u", "state": "REFERENCE"}""", "REFERENCE")]
    public async Task UndeleteArtifact_AfterDelete_RestoresTheRecordAsItWas(string body, string? state)
    {
        var id = await Create("restore", "datasets", body);
        var before = await gateway.Store.GetArtifact(id);
        await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);

        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{Artifacts}/{id}:undelete", null);

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(state, (string?)answer["state"]);
        Assert.Equal((string?)answer["etag"], answer.ETag);
        Assert.Equal((await gateway.Client.GetJson($"{Artifacts}/{id}")).Text, answer.Text);
        var after = await gateway.Store.GetArtifact(id);
        after.LastUpdateTimeSinceEpoch = before.LastUpdateTimeSinceEpoch;
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task UndeleteArtifact_AfterADeletionByPatch_RestoresTheState()
    {
        var id = await Create("patch", "models", """{"name": "m", "uri": "file://u", "state": "LIVE"}""");
        await gateway.Client.PatchJson($"{Artifacts}/{id}", """{"state": "MARKED_FOR_DELETION"}""");

        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{Artifacts}/{id}:undelete", null);

        Assert.Equal("LIVE", (string?)answer.Expect(HttpStatusCode.OK)["state"]);
    }

    [Fact]
    public async Task UndeleteArtifact_ThatIsNotDeleted_ReturnsItUnchanged()
    {
        var id = await Create("live", "models", """{"name": "m", "uri": "file://u", "state": "LIVE"}""");
        var before = await gateway.Client.GetJson($"{Artifacts}/{id}");

        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{Artifacts}/{id}:undelete", null);

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal((before.Text, before.ETag), (answer.Text, answer.ETag));
    }

    [Fact]
    public async Task UndeleteArtifact_InStateDeleted_Returns409()
    {
        var id = await Create("gone", "models", """{"name": "m", "uri": "file://u", "state": "DELETED"}""");

        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{Artifacts}/{id}:undelete", null);

        answer.ExpectProblem(HttpStatusCode.Conflict);
        Assert.Equal("FAILED_PRECONDITION", (string?)answer["code"]);
    }

    [Fact]
    public async Task UndeleteArtifact_WhoseEqualWasRecordedMeanwhile_KeepsBothAndTheOthersKey()
    {
        const string Body = """{"name": "d", "uri": "file://d"}""";
        var first = await Create("both", "datasets", Body);
        await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{first}", null);
        var second = await Create("both", "datasets", Body);
        var key = (await gateway.Store.GetArtifact(second)).ExternalId;

        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{Artifacts}/{first}:undelete", null);

        Assert.Null((string?)answer.Expect(HttpStatusCode.OK)["state"]);
        Assert.False((await gateway.Store.GetArtifact(first)).HasExternalId);
        Assert.Equal(key, (await gateway.Store.GetArtifact(second)).ExternalId);
    }

    [Fact]
    public async Task UndeleteArtifact_WithStaleIfMatch_Returns412()
    {
        var id = await Create("match", "datasets", """{"name": "d", "uri": "file://d"}""");
        var tag = (await gateway.Client.GetJson($"{Artifacts}/{id}")).ETag!;
        await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);

        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{Artifacts}/{id}:undelete", null, ("If-Match", tag));

        answer.ExpectProblem(HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("x")]
    public async Task UndeleteArtifact_ThatDoesNotExist_Returns404(string id)
    {
        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{Artifacts}/{id}:undelete", null);

        answer.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("GET", ":undelete", "POST")]
    [InlineData("DELETE", ":undelete", "POST")]
    [InlineData("POST", "", "GET, PATCH, DELETE")]
    [InlineData("PUT", "", "GET, PATCH, DELETE")]
    [InlineData("TRACE", "", "GET, PATCH, DELETE")]
    [InlineData("TRACE", ":undelete", "POST")]
    public async Task Artifact_WithAMethodThatIsNotOffered_Returns405WithAllow(string method, string verb, string allow)
    {
        var id = await Create("methods", "metrics", """{"name": "e", "uri": "file://e"}""");

        var answer = await gateway.Client.SendText(new HttpMethod(method), $"{Artifacts}/{id}{verb}", null);

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Superset(allow.Split(", ").ToHashSet(), answer.Message.Content.Headers.Allow.ToHashSet());
    }

    private async Task<string> Create(string workspace, string collection, string body)
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/{workspace}", "{}");
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/{workspace}/{collection}", body);
        return (string)answer.Expect(HttpStatusCode.Created)["id"]!;
    }
}
