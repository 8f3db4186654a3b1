using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Runs;

public sealed class GetRunTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Fact]
    public async Task GetRun_OfNamesThatDifferInEscapes_TellsThemApart()
    {
        await gateway.Client.PutJson($"{Workspaces}/w", "{}");
        var slash = await gateway.Client.PutJson($"{Workspaces}/w/runs/x%2Fy", "{}");
        var percent = await gateway.Client.PutJson($"{Workspaces}/w/runs/x%252Fy", "{}");

        Assert.Equal(("x/y", "x%2Fy"), ((string?)slash["name"], (string?)percent["name"]));
        Assert.Equal(slash.Text, (await gateway.Client.GetJson($"{Workspaces}/w/runs/x%2Fy")).Text);
        Assert.Equal(percent.Text, (await gateway.Client.GetJson($"{Workspaces}/w/runs/x%252Fy")).Text);
    }

    [Fact]
    public async Task GetRun_WithSlashesInBothNames_DoesNotMixThemUp()
    {
        await gateway.Client.PutJson($"{Workspaces}/a", "{}");
        await gateway.Client.PutJson($"{Workspaces}/a%2Fb", "{}");
        await gateway.Client.PutJson($"{Workspaces}/a/runs/b%2Fc", """{"description": "1"}""");
        await gateway.Client.PutJson($"{Workspaces}/a%2Fb/runs/c", """{"description": "2"}""");

        Assert.Equal("1", (string?)(await gateway.Client.GetJson($"{Workspaces}/a/runs/b%2Fc"))["description"]);
        Assert.Equal("2", (string?)(await gateway.Client.GetJson($"{Workspaces}/a%2Fb/runs/c"))["description"]);
    }

    [Fact]
    public async Task GetRun_WithItsTag_Returns304()
    {
        await gateway.Client.PutJson($"{Workspaces}/cached", "{}");
        var created = await gateway.Client.PutJson($"{Workspaces}/cached/runs/r", "{}");

        var answer = await gateway.Client.GetJson($"{Workspaces}/cached/runs/r", ("If-None-Match", created.ETag!));

        answer.Expect(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task GetRun_ThatDoesNotExist_Returns404()
    {
        await gateway.Client.PutJson($"{Workspaces}/empty", "{}");

        (await gateway.Client.GetJson($"{Workspaces}/empty/runs/r")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{Workspaces}/nowhere/runs/r")).ExpectProblem(HttpStatusCode.NotFound);
    }
}
