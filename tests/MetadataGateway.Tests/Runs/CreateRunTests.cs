using System.Net;
using System.Text.Json;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Runs;

public sealed class CreateRunTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Fact]
    public async Task CreateRun_WithNewName_Returns201AndWhatAGetGives()
    {
        await gateway.Client.PutJson($"{Workspaces}/w%2F1", "{}");

        var answer = await gateway.Client.PostJson($"{Workspaces}/w%2F1/runs", """{"name": "r/1", "description": "d", "labels": {"a": "b"}}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"{Workspaces}/w%2F1/runs/r%2F1", answer.Location);
        Assert.Equal(("r/1", "w/1", "d"), ((string?)answer["name"], (string?)answer["workspace"], (string?)answer["description"]));
        var read = await gateway.Client.GetJson(answer.Location!);
        Assert.Equal((read.Text, read.ETag), (answer.Text, answer.ETag));
    }

    [Fact]
    public async Task CreateRun_Always_StoresAContextBelowTheWorkspace()
    {
        var workspace = await gateway.Client.PutJson($"{Workspaces}/stored", "{}");

        var answer = await gateway.Client.PostJson($"{Workspaces}/stored/runs", """{"name": "run-1", "labels": {"a": "b"}}""");

        var context = await gateway.Store.GetContext((string?)answer.Expect(HttpStatusCode.Created)["id"]);
        Assert.Equal(("kubeflow.org/alpha/run", $"{workspace["id"]}/run-1"), (context.Type, context.Name));
        Assert.Equal(new SortedDictionary<string, string> { ["labels"] = """{"a": "b"}""" }, context.Properties.Texts());
        Assert.Empty(context.CustomProperties);
        var parents = await gateway.Store.GetParentContextsByContextAsync(new GetParentContextsByContextRequest { ContextId = context.Id });
        Assert.Equal("stored", parents.Contexts.Single().Name);
    }

    [Theory]
    [InlineData(200, 'r')]
    [InlineData(127, 'é')]
    public async Task CreateRun_WithALongName_KeepsItWhole(int length, char character)
    {
        var name = new string(character, length);
        await gateway.Client.PutJson($"{Workspaces}/long", "{}");

        var answer = await gateway.Client.PostJson($"{Workspaces}/long/runs", $$"""{"name": "{{name}}"}""");

        Assert.Equal(name, (string?)answer.Expect(HttpStatusCode.Created)["name"]);
        Assert.Equal(answer.Text, (await gateway.Client.GetJson($"{Workspaces}/long/runs/{Uri.EscapeDataString(name)}")).Text);
        Assert.Contains(name, await gateway.Client.NamesOfAllPages($"{Workspaces}/long/runs", 1000));
        var context = await gateway.Store.GetContext((string?)answer["id"]);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(context.Name), 1, 255);
    }

    [Fact]
    public async Task CreateRun_WithANameTooLongWithItsPrefix_IsStoredUnderAHash()
    {
        var name = new string('é', 127);
        var workspace = await gateway.Client.PutJson($"{Workspaces}/hashed", "{}");

        var answer = await gateway.Client.PostJson($"{Workspaces}/hashed/runs", $$"""{"name": "{{name}}"}""");

        var context = await gateway.Store.GetContext((string?)answer.Expect(HttpStatusCode.Created)["id"]);
        Assert.Matches($"^{workspace["id"]}/[0-9a-f]{{64}}$", context.Name);
        Assert.Contains(context.CustomProperties.Values, value => value.StringValue == name);
    }

    [Fact]
    public async Task CreateRun_OfTheSameNameInAnotherWorkspace_MakesAnother()
    {
        await gateway.Client.PutJson($"{Workspaces}/one", "{}");
        await gateway.Client.PutJson($"{Workspaces}/two", "{}");
        var first = await gateway.Client.PostJson($"{Workspaces}/one/runs", """{"name": "same", "description": "1"}""");

        var second = await gateway.Client.PostJson($"{Workspaces}/two/runs", """{"name": "same", "description": "2"}""");

        second.Expect(HttpStatusCode.Created);
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
        Assert.Equal("1", (string?)(await gateway.Client.GetJson($"{Workspaces}/one/runs/same"))["description"]);
    }

    [Fact]
    public async Task CreateRun_ThatExists_Returns200Unchanged()
    {
        await gateway.Client.PutJson($"{Workspaces}/again", "{}");
        var first = await gateway.Client.PostJson($"{Workspaces}/again/runs", """{"name": "r", "description": "first"}""");

        var reused = await gateway.Client.PostJson($"{Workspaces}/again/runs", """{"name": "r", "description": "second"}""");
        var refused = await gateway.Client.PostJson($"{Workspaces}/again/runs", """{"name": "r", "reuseIfExists": false}""");

        Assert.Equal((HttpStatusCode.OK, first.Text, first.Location), (reused.Status, reused.Text, reused.Location));
        refused.ExpectProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task CreateRun_ByManyAtOnce_MakesOne()
    {
        await gateway.Client.PutJson($"{Workspaces}/raced", "{}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => gateway.Client.PostJson($"{Workspaces}/raced/runs", """{"name": "r"}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Single(answers.Select(answer => (string?)answer["id"]).Distinct());
    }

    [Fact]
    public async Task CreateRun_InAnUnknownWorkspace_Returns404() =>
        (await gateway.Client.PostJson($"{Workspaces}/nowhere/runs", """{"name": "r"}""")).ExpectProblem(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name": "."}""", "name")]
    [InlineData("""{"name": "r "}""", "name")]
    [InlineData("""{"name": "r", "workspace": "bad"}""", "workspace")]
    [InlineData("""{"name": "r", "labels": {"a": 1, "b": null}, "description": "__MLMD_NULL__"}""", "description", "labels.a", "labels.b")]
    [InlineData("""{"nme": "r", "createTime": "2026-01-01T00:00:00.000Z"}""", "createTime", "name", "nme")]
    public async Task CreateRun_WithBadBody_Returns400NamingEachField(string body, params string[] paths)
    {
        await gateway.Client.PutJson($"{Workspaces}/bad", "{}");

        var answer = await gateway.Client.PostJson($"{Workspaces}/bad/runs", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("...")]
    [InlineData("run-2026-11-24T08:37:52.226936")]
    [InlineData("数据 & 🙂")]
    public async Task CreateRun_WithAnyName_IsFoundUnderItsEncodedName(string name)
    {
        await gateway.Client.PutJson($"{Workspaces}/names", "{}");

        var answer = await gateway.Client.PostJson($"{Workspaces}/names/runs", $$"""{"name": {{JsonSerializer.Serialize(name)}}}""");

        answer.Expect(HttpStatusCode.Created);
        var read = await gateway.Client.GetJson($"{Workspaces}/names/runs/{Uri.EscapeDataString(name)}");
        Assert.Equal((name, (string?)answer["id"]), ((string?)read["name"], (string?)read["id"]));
    }
}
