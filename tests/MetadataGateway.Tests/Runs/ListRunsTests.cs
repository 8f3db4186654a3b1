using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Runs;

public sealed class ListRunsTests(ListRunsTests.TwoWorkspaces gateway) : IClassFixture<ListRunsTests.TwoWorkspaces>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    private HttpClient Client => gateway.Factory.Client;

    [Fact]
    public async Task ListRuns_OfAWorkspace_GivesItsOwnOnly()
    {
        var answer = await Client.GetJson($"{Workspaces}/one/runs");

        Assert.Equal(["r1", "r2", "r3"], answer.Expect(HttpStatusCode.OK).Names());
        Assert.Equal((await Client.GetJson($"{Workspaces}/one/runs/r1")).Text, answer["items"]![0].Raw());
        Assert.Equal((true, "one"), ((bool?)answer["scan"]!["complete"], (string?)answer["items"]![0]!["workspace"]));
    }

    [Theory]
    [InlineData("id", "r1 r2 r3")]
    [InlineData("id desc", "r3 r2 r1")]
    [InlineData("createTime asc", "r1 r2 r3")]
    [InlineData("updateTime", "r2 r3 r1")]
    [InlineData("updateTime desc", "r1 r3 r2")]
    public async Task ListRuns_InAnyOrder_GivesEachOnceOverPages(string order, string expected)
    {
        var names = await Client.NamesOfAllPages($"{Workspaces}/one/runs?orderBy={Uri.EscapeDataString(order)}", pageSize: 1);

        Assert.Equal(expected.Split(' '), names);
    }

    [Fact]
    public async Task ListRuns_WithTheTokenOfAnotherWorkspace_Returns400()
    {
        var first = await Client.GetJson($"{Workspaces}/one/runs?pageSize=1");

        var answer = await Client.GetJson($"{Workspaces}/two/runs?pageToken={first["nextPageToken"]}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
    }

    [Fact]
    public async Task ListRuns_BeyondTheScanBudget_GoesOnWithTheToken()
    {
        await using var small = new GatewayFactory().With("Limits:ScanBudget", "2");
        await TwoWorkspaces.FillAsync(small);

        var first = await small.Client.GetJson($"{Workspaces}/two/runs");
        var names = await small.Client.NamesOfAllPages($"{Workspaces}/two/runs", pageSize: 10);

        Assert.Equal("""{"examined":2,"complete":false}""", first.Expect(HttpStatusCode.OK)["scan"].Raw());
        Assert.NotNull(first["nextPageToken"]);
        Assert.Equal(["r1", "r2", "r3"], names);
    }

    [Fact]
    public async Task ListRuns_OfAnUnknownWorkspace_Returns404() =>
        (await Client.GetJson($"{Workspaces}/nowhere/runs")).ExpectProblem(HttpStatusCode.NotFound);

    public sealed class TwoWorkspaces : IAsyncLifetime
    {
        internal GatewayFactory Factory { get; } = new();

        internal static async Task FillAsync(GatewayFactory gateway)
        {
            foreach (var workspace in new[] { "one", "two" })
            {
                (await gateway.Client.PutJson($"{Workspaces}/{workspace}", "{}")).Expect(HttpStatusCode.Created);
                // MLMD orders by times in milliseconds; each step waits for the clock to move on.
                foreach (var run in new[] { "r1", "r2", "r3" })
                {
                    (await gateway.Client.PutJson($"{Workspaces}/{workspace}/runs/{run}", "{}")).Expect(HttpStatusCode.Created);
                    await Task.Delay(3);
                }

                (await gateway.Client.PatchJson($"{Workspaces}/{workspace}/runs/r1", """{"description": "d"}""")).Expect(HttpStatusCode.OK);
            }
        }

        public Task InitializeAsync() => FillAsync(Factory);

        public async Task DisposeAsync() => await Factory.DisposeAsync();
    }
}
