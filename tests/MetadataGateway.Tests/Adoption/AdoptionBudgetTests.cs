using System.Net;
using System.Text.Json.Nodes;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Adoption;

/// <summary>A list before which more is to be adopted than the scan budget covers.</summary>
public sealed class AdoptionBudgetTests
{
    private const string Runs = $"{HttpJson.Api}/workspaces/w/runs";

    [Theory]
    [InlineData("id", 10, 9)]
    [InlineData("id", 1, 9)]
    [InlineData("createTime", 10, 9)]
    [InlineData("id desc", 10, 9)]
    [InlineData("updateTime", 10, 9)]
    [InlineData("updateTime desc", 7, 9)]
    // The list comes to its end before adoption does.
    [InlineData("id", 20, 3)]
    [InlineData("createTime asc", 20, 3)]
    [InlineData("id", 30, 45)]
    public async Task ListRuns_BeyondTheBudget_ShowsEachRunOnceOnTheWay(string order, int budget, int runs)
    {
        await using var gateway = await StartAsync(budget, executions: 45, runs);

        var pages = await WalkAsync(gateway, $"{Runs}?pageSize=4&orderBy={Uri.EscapeDataString(order)}");

        Assert.Equal(Enumerable.Range(0, runs).Select(i => $"r{i}").Order(StringComparer.Ordinal), pages.SelectMany(page => page.Names()).Order(StringComparer.Ordinal));
        Assert.All(pages, page => Assert.InRange((int)page["scan"]!["examined"]!, 0, budget));
        Assert.Equal($$"""{"examined":{{budget}},"complete":false}""", pages[0]["scan"].Raw());
        Assert.True((bool)pages[^1]["scan"]!["complete"]!);
    }

    [Fact]
    public async Task ListRuns_DescendingBeyondTheBudget_ShowsNothingUntilAllIsAdopted()
    {
        await using var gateway = await StartAsync(budget: 20, executions: 45, runs: 9);

        var pages = await WalkAsync(gateway, $"{Runs}?orderBy=id%20desc");

        Assert.All(pages.SkipLast(1), page => Assert.Empty(page["items"]!.AsArray()));
        Assert.Equal(["r8", "r7", "r6", "r5", "r4", "r3", "r2", "r1", "r0"], pages[^1].Names());
    }

    [Fact]
    public async Task ListRuns_WithTheTokenOfOneReplica_GoesOnOnAnother()
    {
        await using var store = await StoreServer.StartAsync();
        await using var first = GatewayFactory.For(store.Address).With("Limits:ScanBudget", "10");
        await using var second = GatewayFactory.For(store.Address).With("Limits:ScanBudget", "10");
        await first.BecomesReady();
        await second.BecomesReady();
        await FillAsync(first, executions: 45, runs: 9);

        var pages = new List<Answer>();
        string? token = null;
        do
        {
            var gateway = pages.Count % 2 == 0 ? first : second;
            pages.Add((await gateway.Client.GetJson($"{Runs}?pageSize=4{(token is null ? "" : $"&pageToken={token}")}")).Expect(HttpStatusCode.OK));
            token = (string?)pages[^1]["nextPageToken"];
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"r{i}"), pages.SelectMany(page => page.Names()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("r8")]
    [InlineData("it's")]
    public async Task GetRun_BeyondTheBudgetOfAdoption_FindsItByItself(string run)
    {
        await using var gateway = await StartAsync(budget: 100, executions: 200, runs: 9);
        await new SdkWriter(gateway.Store).ExecutionAsync("w", run);

        var answer = await gateway.Client.GetJson($"{Runs}/{Uri.EscapeDataString(run)}");

        Assert.NotNull(answer.Expect(HttpStatusCode.OK)["id"]);
    }

    private static async Task<GatewayFactory> StartAsync(int budget, int executions, int runs)
    {
        var gateway = new GatewayFactory().With("Limits:ScanBudget", $"{budget}");
        await FillAsync(gateway, executions, runs);
        return gateway;
    }

    // The last executions are of the runs that the first ones are of, too.
    private static async Task FillAsync(GatewayFactory gateway, int executions, int runs)
    {
        var sdk = new SdkWriter(gateway.Store);
        await sdk.WorkspaceAsync("w");
        await sdk.ExecutionsAsync("w", Enumerable.Range(0, executions).Select(i => $"r{i % runs}"));
    }

    private static async Task<IReadOnlyList<Answer>> WalkAsync(GatewayFactory gateway, string list)
    {
        var pages = new List<Answer>();
        JsonNode? token = null;
        do
        {
            pages.Add((await gateway.Client.GetJson(token is null ? list : $"{list}&pageToken={token}")).Expect(HttpStatusCode.OK));
            token = pages[^1]["nextPageToken"];
            Assert.InRange(pages.Count, 1, 200);
        }
        while (token is not null);

        return pages;
    }
}
