using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

public sealed class DeleteArtifactTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Artifacts = $"{HttpJson.Api}/artifacts";

    [Theory]
    [InlineData("datasets", """{"name": "d", "uri": "file://d"}""")]
    [InlineData("models", """{"name": "m", "uri": "file://m", "state": "LIVE"}""")]
    [InlineData("metrics", """{"name": "e", "uri": "file://e", "state": "PENDING"}""")]
    [InlineData("artifacts", """{"kind": "artifact", "type": "mlmd.Statistics", "name": "s"}""")]
    public async Task DeleteArtifact_OfAnyKind_Returns204AndStillReadsById(string collection, string body)
    {
        var id = await Create("kinds", collection, body);

        var answer = await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);

        answer.Expect(HttpStatusCode.NoContent);
        Assert.Empty(answer.Text);
        var read = (await gateway.Client.GetJson($"{Artifacts}/{id}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("MARKED_FOR_DELETION", "{}"), ((string?)read["state"], read["customProperties"].Raw()));
        Assert.Equal(Artifact.Types.State.MarkedForDeletion, (await gateway.Store.GetArtifact(id)).State);
    }

    [Fact]
    public async Task DeleteArtifact_Again_Returns204AndChangesNothing()
    {
        var id = await Create("again", "datasets", """{"name": "d", "uri": "file://d", "state": "LIVE"}""");
        await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);
        var first = await gateway.Store.GetArtifact(id);

        var answer = await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);

        answer.Expect(HttpStatusCode.NoContent);
        Assert.Equal(first, await gateway.Store.GetArtifact(id));
    }

    [Fact]
    public async Task DeleteArtifact_InStateDeleted_LeavesIt()
    {
        var id = await Create("gone", "datasets", """{"name": "d", "uri": "file://d", "state": "DELETED"}""");

        var answer = await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);

        answer.Expect(HttpStatusCode.NoContent);
        Assert.Equal(Artifact.Types.State.Deleted, (await gateway.Store.GetArtifact(id)).State);
    }

    [Fact]
    public async Task DeleteArtifact_OfADataset_LetsAnEqualOneBeRecordedAnew()
    {
        var id = await Create("anew", "datasets", """{"name": "d", "uri": "file://d", "version": "v1"}""");
        var key = (await gateway.Store.GetArtifact(id)).ExternalId;
        await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);

        var answer = await gateway.Client.PostJson(
            $"{HttpJson.Api}/workspaces/anew/datasets", """{"name": "d", "uri": "file://d", "version": "v1"}""");

        Assert.NotEqual(id, (string?)answer.Expect(HttpStatusCode.Created)["id"]);
        Assert.False((await gateway.Store.GetArtifact(id)).HasExternalId);
        Assert.Equal(key, (await gateway.Store.GetArtifact((string?)answer["id"])).ExternalId);
    }

    [Fact]
    public async Task DeleteArtifact_WithAnExternalIdOfTheClient_KeepsIt()
    {
        var id = await Create("own", "datasets", """{"name": "d", "uri": "file://d", "externalId": "mine"}""");

        await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null);

        Assert.Equal("mine", (string?)(await gateway.Client.GetJson($"{Artifacts}/{id}"))["externalId"]);
    }

    [Fact]
    public async Task DeleteArtifact_WithIfMatch_DeletesOnlyTheStateThatItNames()
    {
        var id = await Create("match", "datasets", """{"name": "d", "uri": "file://d"}""");
        var tag = (await gateway.Client.GetJson($"{Artifacts}/{id}")).ETag!;
        var changed = await gateway.Client.PatchJson($"{Artifacts}/{id}", """{"owner": "o"}""");

        var stale = await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null, ("If-Match", tag));
        var malformed = await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null, ("If-Match", "tag"));
        var untouched = await gateway.Client.GetJson($"{Artifacts}/{id}");
        var current = await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null, ("If-Match", changed.ETag!));

        stale.ExpectProblem(HttpStatusCode.PreconditionFailed);
        malformed.ExpectProblem(HttpStatusCode.BadRequest, "If-Match");
        Assert.Equal(changed.Text, untouched.Text);
        current.Expect(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("0")]
    [InlineData("x")]
    [InlineData("9223372036854775808")]
    public async Task DeleteArtifact_ThatDoesNotExist_Returns404(string id)
    {
        var answer = await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null, ("If-Match", "\"stale\""));

        answer.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task DeleteArtifact_ByManyAtOnceWithAPatch_LosesNothing()
    {
        var id = await Create("race", "datasets", """{"name": "d", "uri": "file://d", "state": "LIVE"}""");

        var deletes = Enumerable.Range(0, 8).Select(_ => gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{id}", null));
        var patch = gateway.Client.PatchJson($"{Artifacts}/{id}", """{"owner": "o"}""");
        var answers = await Task.WhenAll([.. deletes, patch]);

        Assert.All(answers, answer => Assert.True(answer.Message.IsSuccessStatusCode, answer.Text));
        var read = await gateway.Client.GetJson($"{Artifacts}/{id}");
        Assert.Equal(("MARKED_FOR_DELETION", "o"), ((string?)read["state"], (string?)read["owner"]));
    }

    [Theory]
    [InlineData("", "kept")]
    [InlineData("?showDeleted=false", "kept")]
    [InlineData("?showDeleted=true", "kept", "marked", "deleted")]
    [InlineData("?showDeleted=true&filter=state%20IN%20('MARKED_FOR_DELETION','DELETED')", "marked", "deleted")]
    public async Task ListArtifacts_WithShowDeleted_ShowsThemOnEachCollection(string query, params string[] names)
    {
        var workspace = $"list{query.Length}";
        await Create(workspace, "models", """{"name": "kept", "uri": "file://1"}""");
        var marked = await Create(workspace, "models", """{"name": "marked", "uri": "file://2"}""");
        await Create(workspace, "models", """{"name": "deleted", "uri": "file://3", "state": "DELETED"}""");
        await gateway.Client.SendText(HttpMethod.Delete, $"{Artifacts}/{marked}", null);

        var all = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/{workspace}/artifacts{query}");
        var models = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/{workspace}/models{query}");

        Assert.Equal(names, all.Expect(HttpStatusCode.OK).Names());
        Assert.Equal(names, models.Expect(HttpStatusCode.OK).Names());
    }

    [Fact]
    public async Task ListArtifacts_WithMalformedShowDeleted_Returns400()
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/malformed", "{}");

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/malformed/datasets?showDeleted=yes");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "showDeleted");
    }

    private async Task<string> Create(string workspace, string collection, string body)
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/{workspace}", "{}");
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/{workspace}/{collection}", body);
        return (string)answer.Expect(HttpStatusCode.Created)["id"]!;
    }
}
