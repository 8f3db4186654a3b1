using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Types;

public sealed class PutNodeTypeTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string ArtifactTypes = $"{HttpJson.Api}/artifactTypes";

    [Theory]
    [InlineData("artifactTypes")]
    [InlineData("executionTypes")]
    [InlineData("contextTypes")]
    public async Task PutNodeType_Twice_CreatesThenAddsProperties(string collection)
    {
        var path = $"{HttpJson.Api}/{collection}/acme/put?version=1";
        var created = await gateway.Client.PutJson(path, """{"description": "d", "properties": {"x": "INT"}}""");
        var extended = await gateway.Client.PutJson(path, """{"properties": {"y": "STRING"}}""");

        Assert.Equal($"{HttpJson.Api}/{collection}/acme%2Fput?version=1", created.Expect(HttpStatusCode.Created).Location);
        Assert.Equal("""{"x":"INT","y":"STRING"}""", extended.Expect(HttpStatusCode.OK)["properties"]!.ToJsonString());
        Assert.Equal("d", (string?)extended["description"]);
        Assert.Equal((string?)created["id"], (string?)extended["id"]);
        Assert.NotEqual(created.ETag, extended.ETag);
        Assert.Equal((await gateway.Client.GetJson(path)).Text, extended.Text);
    }

    [Fact]
    public async Task PutNodeType_WithWhatWasRead_ChangesNothing()
    {
        await gateway.Client.PutJson($"{ArtifactTypes}/same?version=1", """{"description": "d", "baseType": "MODEL", "properties": {"x": "INT"}}""");
        var read = await gateway.Client.GetJson($"{ArtifactTypes}/same?version=1");

        var answer = await gateway.Client.PutJson($"{ArtifactTypes}/same?version=1", read.Text);

        Assert.Equal(read.Text, answer.Expect(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("""{"properties": {"x": "DOUBLE", "new": "INT"}}""", "properties.x")]
    [InlineData("""{"description": "e", "properties": {"new": "INT"}}""", "description")]
    [InlineData("""{"baseType": "DATASET", "properties": {"new": "INT"}}""", "baseType")]
    [InlineData("""{"description": "e", "baseType": "DATASET", "properties": {"x": "DOUBLE"}}""", "description", "baseType", "properties.x")]
    public async Task PutNodeType_ThatMlmdCannotChange_Returns409AndStoresNothing(string body, params string[] paths)
    {
        var stored = await gateway.Client.PutJson($"{ArtifactTypes}/fixed", """{"description": "d", "baseType": "MODEL", "properties": {"x": "INT"}}""");

        var answer = await gateway.Client.PutJson($"{ArtifactTypes}/fixed", body);

        answer.ExpectProblem(HttpStatusCode.Conflict, paths);
        Assert.Equal("ALREADY_EXISTS", (string?)answer["code"]);
        Assert.Equal(stored.Text, (await gateway.Client.GetJson($"{ArtifactTypes}/fixed")).Text);
    }

    [Theory]
    [InlineData("""{"description": "late"}""", "description")]
    [InlineData("""{"baseType": "MODEL"}""", "baseType")]
    public async Task PutNodeType_WithWhatTheStoredTypeLacks_Returns409(string body, string path)
    {
        await gateway.Client.PutJson($"{ArtifactTypes}/bare", "{}");

        var answer = await gateway.Client.PutJson($"{ArtifactTypes}/bare", body);

        answer.ExpectProblem(HttpStatusCode.Conflict, path);
    }

    [Theory]
    [InlineData("artifactTypes/kubeflow.org/alpha/data_set")]
    [InlineData("artifactTypes/kubeflow.org/alpha/model")]
    [InlineData("artifactTypes/kubeflow.org/alpha/metrics")]
    [InlineData("executionTypes/kubeflow.org/alpha/execution")]
    [InlineData("contextTypes/kubeflow.org/alpha/workspace")]
    [InlineData("contextTypes/kubeflow.org/alpha/run")]
    public async Task PutNodeType_OfKubeflow_TakesWhatIsThereAndNothingMore(string path)
    {
        var same = await gateway.Client.PutJson($"{HttpJson.Api}/{path}", """{"properties": {"description": "STRING"}}""");
        var extended = await gateway.Client.PutJson($"{HttpJson.Api}/{path}", """{"properties": {"description": "STRING", "more": "INT"}}""");
        var reread = await gateway.Client.PutJson($"{HttpJson.Api}/{path}", same.Text);

        Assert.Null(same.Expect(HttpStatusCode.OK)["properties"]!["more"]);
        extended.ExpectProblem(HttpStatusCode.Conflict, "properties.more");
        Assert.Equal(same.Text, reread.Expect(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("""{"name": "another"}""", "name")]
    [InlineData("""{"version": "1"}""", "version")]
    [InlineData("""{"id": "999", "etag": "\"x\""}""", "id", "etag")]
    [InlineData("""{"baseType": "TRAIN", "properties": {"x": "TEXT"}}""", "baseType", "properties.x")]
    [InlineData("""{"properties": {"__kf_workspace__": "STRING"}}""", "properties.__kf_workspace__")]
    [InlineData("""{"createTime": null}""", "createTime")]
    public async Task PutNodeType_WithBadBody_Returns400NamingEachField(string body, params string[] paths)
    {
        var answer = await gateway.Client.PutJson($"{ArtifactTypes}/bad", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
        (await gateway.Client.GetJson($"{ArtifactTypes}/bad")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("metadata-gateway/state", "name")]
    [InlineData("a%0Ab?version=%09", "name", "version")]
    public async Task PutNodeType_WithBadName_Returns400(string path, params string[] paths)
    {
        var answer = await gateway.Client.PutJson($"{ArtifactTypes}/{path}", "{}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Fact]
    public async Task PutNodeType_WithPreconditions_HonoursThem()
    {
        var missing = await gateway.Client.PutJson($"{ArtifactTypes}/guarded", "{}", ("If-Match", "*"));
        var created = await gateway.Client.PutJson($"{ArtifactTypes}/guarded", "{}", ("If-None-Match", "*"));
        var again = await gateway.Client.PutJson($"{ArtifactTypes}/guarded", "{}", ("If-None-Match", "*"));
        var current = await gateway.Client.PutJson($"{ArtifactTypes}/guarded", """{"properties": {"x": "INT"}}""", ("If-Match", created.ETag!));
        var stale = await gateway.Client.PutJson($"{ArtifactTypes}/guarded", """{"properties": {"y": "INT"}}""", ("If-Match", created.ETag!));
        var malformed = await gateway.Client.PutJson($"{ArtifactTypes}/guarded", "{}", ("If-Match", "x"));

        missing.ExpectProblem(HttpStatusCode.PreconditionFailed);
        created.Expect(HttpStatusCode.Created);
        again.ExpectProblem(HttpStatusCode.PreconditionFailed);
        current.Expect(HttpStatusCode.OK);
        stale.ExpectProblem(HttpStatusCode.PreconditionFailed);
        malformed.ExpectProblem(HttpStatusCode.BadRequest, "If-Match");
    }

    [Fact]
    public async Task PutNodeType_WithNewProperty_LetsArtifactsHaveIt()
    {
        await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "user"}""");
        await gateway.Client.PutJson($"{ArtifactTypes}/used", """{"properties": {"x": "INT"}}""");
        await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/user/artifacts", """{"kind": "artifact", "type": "used", "properties": {"x": 1}}""");
        await gateway.Client.PutJson($"{ArtifactTypes}/used", """{"properties": {"y": "DOUBLE"}}""");

        var answer = await gateway.Client.PostJson(
            $"{HttpJson.Api}/workspaces/user/artifacts", """{"kind": "artifact", "type": "used", "properties": {"x": 1, "y": 2}}""");

        Assert.Equal("""{"x":1,"y":2.0}""", answer.Expect(HttpStatusCode.Created)["properties"]!.ToJsonString());
    }

    [Fact]
    public async Task PutNodeType_ManyAtOnce_KeepsEveryProperty()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => gateway.Client.PutJson($"{ArtifactTypes}/crowded", $$$"""{"properties": {"p{{{i}}}": "INT"}}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(11, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(12, (await gateway.Client.GetJson($"{ArtifactTypes}/crowded"))["properties"]!.AsObject().Count);
    }
}
