using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using Microsoft.Extensions.DependencyInjection;
using MlMetadata;

namespace MetadataGateway.Tests.Paging;

/// <summary>Walks through lists in every order: each record once, whatever their times are and whoever writes meanwhile.</summary>
public sealed class PagingTests
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    private static readonly string[] AllOrders = ["id", "id desc", "createTime", "createTime desc", "updateTime", "updateTime desc"];

    public static TheoryData<string> Orders { get; } = new(AllOrders);

    [Fact]
    public async Task List_OfManyInOneMillisecond_GivesEachOnceInEveryOrder()
    {
        var count = MlmdProfile.Current == MlmdProfile.Embedded ? 3000 : 600;
        await using var gateway = new GatewayFactory().WithServices(services => services.AddSingleton<TimeProvider>(new StoppedClock()));
        await FillAsync(gateway, count);

        foreach (var order in AllOrders)
        {
            foreach (var size in new[] { 1000, 130 })
            {
                var names = await gateway.Client.NamesOfAllPages($"{Workspace}/executions?orderBy={Uri.EscapeDataString(order)}", size);

                var expected = Enumerable.Range(0, count).Select(i => $"{i}");
                Assert.True((order.EndsWith("desc", StringComparison.Ordinal) ? expected.Reverse() : expected).SequenceEqual(names), $"{order}, pages of {size}: {names.Count} names");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task List_WhileRecordsAreChanged_GivesNoneTwiceAndEnds(string order)
    {
        await using var gateway = new GatewayFactory();
        await FillAsync(gateway, 60);
        var given = new List<string>();
        string? token = null;
        do
        {
            var page = await gateway.Client.GetJson($"{Workspace}/executions?pageSize=7&orderBy={Uri.EscapeDataString(order)}{(token is null ? "" : $"&pageToken={token}")}");
            given.AddRange(page.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string)item!["id"]!));
            token = (string?)page["nextPageToken"];
            Assert.Equal(given.Distinct(), given);
            foreach (var id in new[] { given[0], given[^1], given[given.Count / 2] }.Distinct())
            {
                (await gateway.Client.PatchJson($"{HttpJson.Api}/executions/{id}", $$$"""{"customProperties": {"round": {{{given.Count}}}}}""")).Expect(HttpStatusCode.OK);
            }

            (await gateway.Client.PostJson($"{Workspace}/executions", """{"name": "new"}""")).Expect(HttpStatusCode.Created);
            Assert.True(given.Count < 200, "The list does not end.");
        }
        while (token is not null);
    }

    [Fact]
    public async Task List_WhileNobodyWrites_GivesEachOnceByUpdateTime()
    {
        await using var gateway = new GatewayFactory();
        await FillAsync(gateway, 25);
        foreach (var id in new[] { 3, 11, 7 })
        {
            await gateway.Client.PatchJson($"{HttpJson.Api}/executions/{await IdOf(gateway, id)}", """{"state": "COMPLETE"}""");
            await Task.Delay(3);
        }

        var names = await gateway.Client.NamesOfAllPages($"{Workspace}/executions?orderBy=updateTime", 4);

        Assert.Equal([.. Enumerable.Range(0, 25).Except([3, 11, 7]).Select(i => $"{i}"), "3", "11", "7"], names);
    }

    private static async Task<string> IdOf(GatewayFactory gateway, int name) =>
        (string)(await gateway.Client.GetJson($"{Workspace}/executions?filter=name%20%3D%20'{name}'"))["items"]![0]!["id"]!;

    private static async Task FillAsync(GatewayFactory gateway, int count)
    {
        (await gateway.Client.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);
        var type = await gateway.Store.GetExecutionTypeAsync(new() { TypeName = "kubeflow.org/alpha/execution" });
        var workspace = await gateway.Store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = "w" });
        var put = new PutLineageSubgraphRequest { Options = new() { ReuseContextIfAlreadyExist = true } };
        put.Contexts.Add(new Context { TypeId = workspace.Context.TypeId, Name = "w" });
        put.Executions.AddRange(Enumerable.Range(0, count).Select(i => new Execution { TypeId = type.ExecutionType.Id, Properties = { ["name"] = StoredNodes.Text($"{i}") } }));
        await gateway.Store.PutLineageSubgraphAsync(put);
    }

    /// <summary>Always the same time; timers go on.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private readonly DateTimeOffset _now = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
