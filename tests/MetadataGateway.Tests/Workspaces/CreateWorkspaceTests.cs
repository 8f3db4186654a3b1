using System.Net;
using System.Text.Json;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

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
        Assert.Equal("""{"a.b":"c"}""", answer["labels"].Raw());
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

    [NeedsFact(StoreAbility.AnyText)]
    public async Task CreateWorkspace_Always_StoresWhatTheSdkWouldStore()
    {
        var answer = await gateway.Client.PostJson(
            Workspaces, """{"name": "as the SDK", "description": "é", "labels": {"team": "vision", "é <&>": "\\\"\n"}}""");

        var context = await gateway.Store.GetContext((string?)answer.Expect(HttpStatusCode.Created)["id"]);
        Assert.Equal(("kubeflow.org/alpha/workspace", "as the SDK"), (context.Type, context.Name));
        Assert.Equal(
            new SortedDictionary<string, string> { ["description"] = "é", ["labels"] = """{"team": "vision", "\u00e9 <&>": "\\\"\n"}""" },
            context.Properties.Texts());
        Assert.Empty(context.CustomProperties);
    }

    [Theory]
    [InlineData("""{"name": "nothing 1"}""")]
    [InlineData("""{"name": "nothing 2", "description": null, "labels": null, "reuseIfExists": null}""")]
    [InlineData("""{"name": "nothing 3", "description": "", "labels": {}}""")]
    public async Task CreateWorkspace_WithNothingButAName_StoresNoProperties(string body)
    {
        var answer = await gateway.Client.PostJson(Workspaces, body);

        var context = await gateway.Store.GetContext((string?)answer.Expect(HttpStatusCode.Created)["id"]);
        Assert.Empty(context.Properties);
        Assert.Null(answer["description"]);
        Assert.Equal("{}", answer["labels"].Raw());
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("100%", "100%25")]
    [InlineData("mit Leer zeichen", "mit%20Leer%20zeichen")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("...", "...")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("naïve 数据 🙂", "na%C3%AFve%20%E6%95%B0%E6%8D%AE%20%F0%9F%99%82")]
    [InlineData("2026-11-24T08:37:52.226936", "2026-11-24T08%3A37%3A52.226936")]
    [InlineData("q?x=1&y#z", "q%3Fx%3D1%26y%23z")]
    public async Task CreateWorkspace_WithAnyName_IsFoundUnderItsEncodedName(string name, string encoded)
    {
        var answer = await gateway.Client.PostJson(Workspaces, $$"""{"name": {{JsonSerializer.Serialize(name)}}}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"{Workspaces}/{encoded}", answer.Location);
        var read = await gateway.Client.GetJson($"{Workspaces}/{encoded}");
        Assert.Equal(name, (string?)read.Expect(HttpStatusCode.OK)["name"]);
    }

    [NeedsFact(StoreAbility.CaseInNames)]
    public async Task CreateWorkspace_WithNamesThatDifferInCaseOnly_MakesTwo()
    {
        var lower = await gateway.Client.PostJson(Workspaces, """{"name": "case"}""");

        var upper = await gateway.Client.PostJson(Workspaces, """{"name": "Case"}""");

        upper.Expect(HttpStatusCode.Created);
        Assert.NotEqual((string?)lower["id"], (string?)upper["id"]);
    }

    [Fact]
    public async Task CreateWorkspace_ByManyAtOnce_MakesOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => gateway.Client.PostJson(Workspaces, """{"name": "raced"}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => (string?)answer["id"]).Distinct());
    }

    [Theory]
    [InlineData(200, 'a', HttpStatusCode.Created)]
    [InlineData(201, 'a', HttpStatusCode.BadRequest)]
    [InlineData(127, 'é', HttpStatusCode.Created)]
    [InlineData(128, 'é', HttpStatusCode.BadRequest)]
    public async Task CreateWorkspace_WithALongName_IsTakenUpToTheLimits(int length, char character, HttpStatusCode expected)
    {
        var answer = await gateway.Client.PostJson(Workspaces, $$"""{"name": "{{new string(character, length)}}"}""");

        answer.Expect(expected);
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
