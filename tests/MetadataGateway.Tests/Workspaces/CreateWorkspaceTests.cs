using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Workspaces;

public sealed class CreateWorkspaceTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Fact]
    public async Task CreateWorkspace_WithNewName_Returns201WithLocationAndTag()
    {
        var answer = await gateway.Client.PostJson(Workspaces, """{"name": "team/vision", "description": "d", "labels": {"a.b": "c"}}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal("/api/v1/workspaces/team%2Fvision", answer.Location);
        Assert.Equal((string?)answer["etag"], answer.ETag);
        Assert.Equal("""{"a.b":"c"}""", answer["labels"]!.ToJsonString());
        Assert.Equal((await gateway.Client.GetJson(answer.Location!)).Text, answer.Text);
    }

    [Fact]
    public async Task CreateWorkspace_ThatExists_Returns200Unchanged()
    {
        await gateway.Client.PostJson(Workspaces, """{"name": "twice", "description": "first"}""");

        var answer = await gateway.Client.PostJson(Workspaces, """{"name": "twice", "description": "second"}""");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("first", (string?)answer["description"]);
        Assert.Equal("/api/v1/workspaces/twice", answer.Location);
    }

    [Fact]
    public async Task CreateWorkspace_ThatExistsWithoutReuse_Returns409()
    {
        await gateway.Client.PostJson(Workspaces, """{"name": "taken"}""");

        var answer = await gateway.Client.PostJson(Workspaces, """{"name": "taken", "reuseIfExists": false}""");

        answer.ExpectProblem(HttpStatusCode.Conflict);
        Assert.Equal("ALREADY_EXISTS", (string?)answer["code"]);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name": ""}""", "name")]
    [InlineData("""{"name": null}""", "name")]
    [InlineData("""{"name": ".."}""", "name")]
    [InlineData("""{"name": " a"}""", "name")]
    [InlineData("""{"name": "a\u0007"}""", "name")]
    [InlineData("""{"name": 5}""", "name")]
    [InlineData("""{"nam": "a"}""", "nam", "name")]
    [InlineData("""{"name": "a", "labels": {"x.y": 1, "z": null}}""", "labels['x.y']", "labels.z")]
    [InlineData("""{"name": "a", "labels": []}""", "labels")]
    [InlineData("""{"name": "a", "name": "b"}""", "name")]
    [InlineData("""{"name": "a", "id": "1"}""", "id")]
    [InlineData("""{"name": "__MLMD_NULL__"}""", "name")]
    public async Task CreateWorkspace_WithBadBody_Returns400NamingEachField(string body, params string[] paths)
    {
        var answer = await gateway.Client.PostJson(Workspaces, body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
        Assert.Equal("INVALID_ARGUMENT", (string?)answer["code"]);
    }
}
