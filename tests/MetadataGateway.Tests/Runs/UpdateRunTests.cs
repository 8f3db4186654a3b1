using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Runs;

public sealed class UpdateRunTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Theory]
    [InlineData("1", """{"description": "new"}""", "new", """{"a":"1","b":"2"}""")]
    [InlineData("2", """{"description": ""}""", null, """{"a":"1","b":"2"}""")]
    [InlineData("3", """{"labels": {"a": null, "c": "3"}}""", "old", """{"b":"2","c":"3"}""")]
    [InlineData("4", """{"labels": null}""", "old", "{}")]
    public async Task UpdateRun_WithAMergePatch_ChangesWhatItNames(string run, string patch, string? description, string labels)
    {
        await gateway.Client.PutJson($"{Workspaces}/patch", "{}");
        await gateway.Client.PutJson($"{Workspaces}/patch/runs/{run}", """{"description": "old", "labels": {"a": "1", "b": "2"}}""");

        var answer = await gateway.Client.PatchJson($"{Workspaces}/patch/runs/{run}", patch, ("Content-Type", "application/merge-patch+json"));

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal((description, labels), ((string?)answer["description"], answer["labels"].Raw()));
        Assert.Equal((await gateway.Client.GetJson($"{Workspaces}/patch/runs/{run}")).Text, answer.Text);
    }

    [Fact]
    public async Task UpdateRun_OfALongName_KeepsIt()
    {
        var name = new string('é', 127);
        await gateway.Client.PutJson($"{Workspaces}/long", "{}");
        await gateway.Client.PutJson($"{Workspaces}/long/runs/{Uri.EscapeDataString(name)}", "{}");

        var answer = await gateway.Client.PatchJson($"{Workspaces}/long/runs/{Uri.EscapeDataString(name)}", """{"description": "d"}""");

        Assert.Equal((name, "d"), ((string?)answer.Expect(HttpStatusCode.OK)["name"], (string?)answer["description"]));
    }

    [Theory]
    [InlineData("""{"name": "other"}""", "name")]
    [InlineData("""{"workspace": "other"}""", "workspace")]
    [InlineData("""{"workspace": null, "labels": {"a": 1}}""", "labels.a", "workspace")]
    public async Task UpdateRun_OfWhatCannotChange_Returns400(string patch, params string[] paths)
    {
        await gateway.Client.PutJson($"{Workspaces}/fixed", "{}");
        await gateway.Client.PutJson($"{Workspaces}/fixed/runs/r", "{}");

        var answer = await gateway.Client.PatchJson($"{Workspaces}/fixed/runs/r", patch);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Fact]
    public async Task UpdateRun_WithIfMatch_ChangesOnlyTheStateThatItNames()
    {
        await gateway.Client.PutJson($"{Workspaces}/match", "{}");
        var created = await gateway.Client.PutJson($"{Workspaces}/match/runs/r", "{}");

        var first = await gateway.Client.PatchJson($"{Workspaces}/match/runs/r", """{"description": "1"}""", ("If-Match", created.ETag!));
        var second = await gateway.Client.PatchJson($"{Workspaces}/match/runs/r", """{"description": "2"}""", ("If-Match", created.ETag!));
        var third = await gateway.Client.PatchJson($"{Workspaces}/match/runs/r", """{"description": "3"}""", ("If-Match", "no tag"));

        first.Expect(HttpStatusCode.OK);
        second.ExpectProblem(HttpStatusCode.PreconditionFailed);
        third.ExpectProblem(HttpStatusCode.BadRequest, "If-Match");
    }

    [Fact]
    public async Task UpdateRun_ThatDoesNotExist_Returns404()
    {
        await gateway.Client.PutJson($"{Workspaces}/empty", "{}");

        (await gateway.Client.PatchJson($"{Workspaces}/empty/runs/r", "{}")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.PatchJson($"{Workspaces}/nowhere/runs/r", "{}")).ExpectProblem(HttpStatusCode.NotFound);
    }
}
