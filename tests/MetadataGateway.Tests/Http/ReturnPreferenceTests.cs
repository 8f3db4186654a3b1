using System.Net;
using MetadataGateway.Http;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Http;

public sealed class ReturnPreferenceTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/prefer";
    private static readonly (string Name, string Value) Minimal = ("Prefer", "return=minimal");

    [Theory]
    [InlineData("return=minimal", true)]
    [InlineData("RETURN = \"minimal\"", true)]
    [InlineData("respond-async, return=minimal; foo=bar, wait=10", true)]
    [InlineData("return=minimal, return=representation", true)]
    [InlineData("return=representation, return=minimal", false)]
    [InlineData("return=representation", false)]
    [InlineData("return", false)]
    [InlineData("minimal", false)]
    [InlineData("", false)]
    public void Parse_OfAHeader_TakesTheFirstReturn(string header, bool isMinimal)
    {
        var preference = ReturnPreference.Parse(header.Split(','));

        Assert.Equal(isMinimal, preference.IsMinimal);
    }

    [Theory]
    [InlineData("/workspaces", """{"name": "minimal"}""")]
    [InlineData("/workspaces/prefer/runs", """{"name": "minimal"}""")]
    [InlineData("/artifactTypes", """{"name": "acme.org/minimal", "properties": {"a": "INT"}}""")]
    [InlineData("/workspaces/prefer/datasets", """{"name": "d", "uri": "file://minimal"}""")]
    [InlineData("/workspaces/prefer/metrics", """{"name": "e", "uri": "file://minimal"}""")]
    [InlineData("/workspaces/prefer/artifacts", """{"kind": "artifact", "type": "mlmd.Statistics"}""")]
    public async Task Create_WithMinimal_AnswersTheIdOnly(string collection, string body)
    {
        await gateway.Client.PutJson(Workspace, "{}");

        var answer = await gateway.Client.PostJson(HttpJson.Api + collection, body, Minimal);

        answer.Expect(HttpStatusCode.Created);
        ExpectMinimal(answer);
        var stored = (await gateway.Client.GetJson(answer.Location!)).Expect(HttpStatusCode.OK);
        Assert.Equal($$"""{"id":"{{(string?)stored["id"]}}"}""", answer.Text);
    }

    [Fact]
    public async Task Create_OfAStoredOneWithMinimal_Returns200WithItsId()
    {
        await gateway.Client.PutJson(Workspace, "{}");
        var first = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "m", "uri": "file://m"}""");

        var answer = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "m", "uri": "file://m", "owner": "o"}""", Minimal);

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal($$"""{"id":"{{(string?)first["id"]}}"}""", answer.Text);
    }

    [Fact]
    public async Task CreateExecution_WithMinimal_AnswersTheIdsOfItsInputsAndOutputs()
    {
        await gateway.Client.PutJson(Workspace, "{}");

        var answer = await gateway.Client.PostJson(
            $"{Workspace}/executions",
            """
            {"name": "e", "run": "r", "inputs": [{"kind": "dataset", "name": "in", "uri": "file://in", "key": "k"}],
             "outputs": [{"kind": "model", "name": "out", "uri": "file://out"}, {"kind": "metrics", "name": "n", "uri": "file://n"}]}
            """, Minimal);

        answer.Expect(HttpStatusCode.Created);
        ExpectMinimal(answer);
        var full = await gateway.Client.GetJson($"{answer.Location}?view=full");
        string Ids(string links) =>
            string.Join(',', full[links]!.AsArray().Select(link => $$"""{"artifactId":"{{(string?)link!["artifact"]!["id"]}}"}"""));
        Assert.Equal($$"""{"id":"{{(string?)full["id"]}}","inputs":[{{Ids("inputs")}}],"outputs":[{{Ids("outputs")}}]}""", answer.Text);
    }

    [Fact]
    public async Task LinkArtifact_WithMinimal_AnswersItsIdAndKey()
    {
        await gateway.Client.PutJson(Workspace, "{}");
        var execution = await gateway.Client.PostJson($"{Workspace}/executions", """{"name": "links"}""", Minimal);
        var artifact = (string?)(await gateway.Client.PostJson($"{Workspace}/datasets", """{"name": "l", "uri": "file://l"}"""))["id"];

        var linked = await gateway.Client.PostJson($"{execution.Location}/inputs", $$"""{"artifactId": "{{artifact}}", "key": "k"}""", Minimal);
        var again = await gateway.Client.PostJson($"{execution.Location}/inputs", $$"""{"artifactId": "{{artifact}}"}""", Minimal);

        ExpectMinimal(linked.Expect(HttpStatusCode.Created));
        Assert.Equal($$"""{"artifactId":"{{artifact}}","key":"k"}""", linked.Text);
        Assert.Equal(linked.Text, again.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task BatchCreateArtifacts_WithMinimal_AnswersTheIdsInOrder()
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/batch", "{}");

        var answer = await gateway.Client.PostJson(
            $"{HttpJson.Api}/workspaces/batch/artifacts:batchCreate",
            """{"requests": [{"kind": "dataset", "name": "1", "uri": "file://1"}, {"kind": "model", "name": "2", "uri": "file://2"}]}""", Minimal);

        ExpectMinimal(answer.Expect(HttpStatusCode.Created));
        var stored = (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/batch/artifacts"))["items"]!.AsArray();
        Assert.Equal($$"""{"items":[{"id":"{{(string?)stored[0]!["id"]}}"},{"id":"{{(string?)stored[1]!["id"]}}"}]}""", answer.Text);
    }

    [Theory]
    [InlineData("/workspaces/changed", """{"description": "new"}""", "description", "new")]
    [InlineData("/workspaces/changed/runs/r", """{"description": "new"}""", "description", "new")]
    [InlineData("artifact", """{"owner": "new"}""", "owner", "new")]
    [InlineData("execution", """{"state": "COMPLETE"}""", "state", "COMPLETE")]
    public async Task Patch_WithMinimal_ChangesAndAnswersTheIdOnly(string path, string patch, string field, string value)
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/changed", "{}");
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/changed/runs/r", "{}");
        var resource = path switch
        {
            "artifact" => (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/changed/datasets", """{"name": "d", "uri": "file://d"}""")).Location!,
            "execution" => (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/changed/executions", """{"name": "e"}""")).Location!,
            _ => HttpJson.Api + path,
        };

        var answer = await gateway.Client.PatchJson(resource, patch, Minimal);

        ExpectMinimal(answer.Expect(HttpStatusCode.OK));
        var stored = await gateway.Client.GetJson(resource);
        Assert.Equal($$"""{"id":"{{(string?)stored["id"]}}"}""", answer.Text);
        Assert.Equal(value, (string?)stored[field]);
    }

    [Fact]
    public async Task Undelete_WithMinimal_AnswersTheIdOnly()
    {
        await gateway.Client.PutJson(Workspace, "{}");
        var id = (string?)(await gateway.Client.PostJson($"{Workspace}/datasets", """{"name": "u", "uri": "file://u"}""", Minimal))["id"];
        await gateway.Client.SendText(HttpMethod.Delete, $"{HttpJson.Api}/artifacts/{id}", null);

        var answer = await gateway.Client.SendText(HttpMethod.Post, $"{HttpJson.Api}/artifacts/{id}:undelete", null, Minimal);

        ExpectMinimal(answer.Expect(HttpStatusCode.OK));
        Assert.Equal($$"""{"id":"{{id}}"}""", answer.Text);
    }

    [Fact]
    public async Task Patch_WithMinimalAndFaults_AnswersThemAsEver()
    {
        await gateway.Client.PutJson(Workspace, "{}");

        var stale = await gateway.Client.PatchJson(Workspace, """{"description": "d"}""", Minimal, ("If-Match", "\"stale\""));
        var bad = await gateway.Client.PatchJson(Workspace, """{"name": "other"}""", Minimal);

        stale.ExpectProblem(HttpStatusCode.PreconditionFailed);
        bad.ExpectProblem(HttpStatusCode.BadRequest, "name");
        Assert.False(bad.Message.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task Writes_WithMinimal_ReadNothingBack()
    {
        await using var store = await StoreServer.StartAsync();
        await using var remote = GatewayFactory.For(store.Address);
        await remote.BecomesReady();

        var workspace = await remote.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "w"}""", Minimal);
        var run = await remote.Client.PostJson($"{HttpJson.Api}/workspaces/w/runs", """{"name": "r"}""", Minimal);
        var artifact = await remote.Client.PostJson($"{HttpJson.Api}/workspaces/w/datasets", """{"name": "d", "uri": "file://d"}""", Minimal);
        var execution = await remote.Client.PostJson(
            $"{HttpJson.Api}/workspaces/w/executions", """{"name": "e", "outputs": [{"kind": "model", "name": "m", "uri": "file://m"}]}""", Minimal);

        Assert.All([workspace, run, artifact, execution], answer => answer.Expect(HttpStatusCode.Created));
        Assert.Equal((0, 0, 0), (store.CallsOf("GetContextsByID"), store.CallsOf("GetArtifactsByID"), store.CallsOf("GetExecutionsByID")));
    }

    private static void ExpectMinimal(Answer answer)
    {
        Assert.Equal(["return=minimal"], answer.Message.Headers.GetValues("Preference-Applied"));
        Assert.Null(answer.ETag);
    }
}
