using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Runs;

public sealed class PutRunTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Fact]
    public async Task PutRun_ThatIsNew_Returns201AndLinksItToTheWorkspace()
    {
        await gateway.Client.PutJson($"{Workspaces}/new", "{}");

        var answer = await gateway.Client.PutJson(
            $"{Workspaces}/new/runs/r%201", """{"name": "r 1", "workspace": "new", "description": "d", "labels": {"a": "b"}}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"{Workspaces}/new/runs/r%201", answer.Location);
        Assert.Equal((await gateway.Client.GetJson(answer.Location!)).Text, answer.Text);
        var parents = await gateway.Store.GetParentContextsByContextAsync(new GetParentContextsByContextRequest { ContextId = long.Parse((string)answer["id"]!) });
        Assert.Equal("new", parents.Contexts.Single().Name);
    }

    [Fact]
    public async Task PutRun_ThatExists_ReplacesDescriptionAndLabels()
    {
        await gateway.Client.PutJson($"{Workspaces}/replace", "{}");
        var first = await gateway.Client.PutJson($"{Workspaces}/replace/runs/r", """{"description": "d", "labels": {"a": "1", "b": "2"}}""");

        var answer = await gateway.Client.PutJson($"{Workspaces}/replace/runs/r", """{"labels": {"b": "2"}}""", ("If-Match", first.ETag!));

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal((null, """{"b":"2"}"""), ((string?)answer["description"], answer["labels"].Raw()));
        Assert.Equal((await gateway.Client.GetJson($"{Workspaces}/replace/runs/r")).Text, answer.Text);
    }

    [Fact]
    public async Task PutRun_CreateOnly_Returns412WhenItExists()
    {
        await gateway.Client.PutJson($"{Workspaces}/once", "{}");
        var first = await gateway.Client.PutJson($"{Workspaces}/once/runs/r", "{}", ("If-None-Match", "*"));

        var second = await gateway.Client.PutJson($"{Workspaces}/once/runs/r", """{"description": "d"}""", ("If-None-Match", "*"));

        first.Expect(HttpStatusCode.Created);
        second.ExpectProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal(first.Text, (await gateway.Client.GetJson($"{Workspaces}/once/runs/r")).Text);
    }

    [Fact]
    public async Task PutRun_WithAStaleTag_Returns412()
    {
        await gateway.Client.PutJson($"{Workspaces}/stale", "{}");
        var first = await gateway.Client.PutJson($"{Workspaces}/stale/runs/r", "{}");
        await gateway.Client.PutJson($"{Workspaces}/stale/runs/r", """{"description": "d"}""");

        var answer = await gateway.Client.PutJson($"{Workspaces}/stale/runs/r", """{"description": "e"}""", ("If-Match", first.ETag!));

        answer.ExpectProblem(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task PutRun_OfWhatAGetGave_ChangesNothing()
    {
        await gateway.Client.PutJson($"{Workspaces}/same", "{}");
        var first = await gateway.Client.PutJson($"{Workspaces}/same/runs/r", """{"description": "d", "labels": {"a": "1"}}""");

        var answer = await gateway.Client.PutJson($"{Workspaces}/same/runs/r", first.Text);

        Assert.Equal((HttpStatusCode.OK, first.Text), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData("r", """{"name": "other"}""", "name")]
    [InlineData("r", """{"workspace": "other"}""", "workspace")]
    [InlineData("r", """{"id": "1"}""", "id")]
    [InlineData("r", """{"labels": {"a": {}}}""", "labels.a")]
    [InlineData("%20r", "{}", "name")]
    public async Task PutRun_WithBadNameOrBody_Returns400AndMakesNothing(string run, string body, params string[] paths)
    {
        await gateway.Client.PutJson($"{Workspaces}/bad", "{}");

        var answer = await gateway.Client.PutJson($"{Workspaces}/bad/runs/{run}", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
        (await gateway.Client.GetJson($"{Workspaces}/bad/runs/{run}")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PutRun_InAnUnknownWorkspace_Returns404() =>
        (await gateway.Client.PutJson($"{Workspaces}/nowhere/runs/r", "{}")).ExpectProblem(HttpStatusCode.NotFound);
}
