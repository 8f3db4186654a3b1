using System.Net;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.Lineage;

/// <summary>Long and wide graphs: what is shown, and how many calls to MLMD it takes.</summary>
public sealed class LineageCallsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>, IDisposable
{
    private static readonly bool HasSubgraph = MlmdProfile.Current.Lacks(StoreAbility.Filters) is null;

    private const string Chain = "a1>e1 e1>a2 a2>e2 e2>a3 a3>e3 e3>a4";

    public void Dispose() => gateway.Calls.Failing = null;

    [NeedsTheory(StoreAbility.Filters)]
    [InlineData("a4", "?direction=upstream", 7)]
    [InlineData("e3", "?direction=upstream", 6)]
    [InlineData("a1", "?direction=downstream", 7)]
    [InlineData("e2", "?direction=downstream", 4)]
    [InlineData("a2", "?direction=downstream&maxHops=1", 2)]
    [InlineData("a4", "?direction=upstream&maxHops=100", 7)]
    [InlineData("a3", "?direction=upstream&nodeLimit=2", 2)]
    public async Task GetLineage_InOneDirection_IsThreeCalls(string root, string query, int nodes)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, Chain, "w");

        var (answer, calls) = await ReadAsync(graph.PathOf(root) + query);

        Assert.Equal(["GetLineageSubgraph", "GetArtifactsByID", "GetExecutionsByID"], calls);
        Assert.Equal(nodes, answer["nodes"]!.AsArray().Count);
    }

    [NeedsFact(StoreAbility.Filters)]
    public async Task GetLineage_InBothDirections_ReadsTheEdgesPastTheRootToo()
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, "a1>e1 e1>a2 a2>e2 a1>e2", "w");

        var (answer, calls) = await ReadAsync(graph.PathOf("a2"));

        Assert.Equal(["GetLineageSubgraph", "GetLineageSubgraph", "GetEventsByExecutionIDs", "GetArtifactsByID", "GetExecutionsByID"], calls);
        Assert.Equal("a1>e1 e1>a2 a1>e2 a2>e2", graph.EdgesOf(answer.Json!));
    }

    [Theory]
    [InlineData("a1", "?direction=downstream")]
    [InlineData("a4", "")]
    [InlineData("e2", "")]
    public async Task GetLineage_WithoutTheSubgraphCall_IsOneEventCallALevel(string root, string query)
    {
        await using var store = await StoreServer.StartAsync();
        // As MLMD from 1.21 on.
        store.Before = (method, _) => method is "GetArtifacts" or "GetLineageSubgraph" ? throw Failure(StatusCode.Unimplemented) : Task.CompletedTask;
        await using var withoutFilter = GatewayFactory.For(store.Address);
        await withoutFilter.BecomesReady();
        var expected = await DrawnGraph.StoreAsync(gateway.Store, Chain, "w");
        var graph = await DrawnGraph.StoreAsync(withoutFilter.Store, Chain, "w");

        var answer = (await withoutFilter.Client.GetJson(graph.PathOf(root) + query)).Expect(HttpStatusCode.OK);

        var levels = answer["nodes"]!.AsArray().Max(node => (int)node!["hops"]!) + 1;
        Assert.Equal(levels, store.CallsOf("GetEventsByArtifactIDs") + store.CallsOf("GetEventsByExecutionIDs"));
        Assert.Equal((0, 1, 1), (store.CallsOf("GetLineageSubgraph"), store.CallsOf("GetArtifactsByID"), store.CallsOf("GetExecutionsByID")));
        var other = (await gateway.Client.GetJson(expected.PathOf(root) + query)).Json!;
        Assert.Equal((expected.NodesOf(other), expected.EdgesOf(other)), (graph.NodesOf(answer.Json!), graph.EdgesOf(answer.Json!)));
    }

    [NeedsTheory(StoreAbility.Filters)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task GetLineage_WhenTheSubgraphFails_GoesLevelByLevel(StatusCode status)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, Chain, "w");
        var expected = (await gateway.Client.GetJson(graph.PathOf("a2"))).Expect(HttpStatusCode.OK).Text;
        gateway.Calls.Failing = ("GetLineageSubgraph", status);

        var (answer, calls) = await ReadAsync(graph.PathOf("a2"));

        Assert.Equal(expected, answer.Text);
        Assert.Single(calls, call => call == "GetLineageSubgraph");
    }

    [Fact]
    public async Task GetLineage_OfWhatDoesNotExist_Returns404()
    {
        foreach (var path in new[] { "artifacts/999999", "executions/999999", "artifacts/x", "executions/0" })
        {
            (await gateway.Client.GetJson($"{HttpJson.Api}/{path}/lineage")).ExpectProblem(HttpStatusCode.NotFound);
            gateway.Calls.Failing = ("GetLineageSubgraph", StatusCode.Unimplemented);
            (await gateway.Client.GetJson($"{HttpJson.Api}/{path}/lineage?direction=upstream")).ExpectProblem(HttpStatusCode.NotFound);
            gateway.Calls.Failing = null;
        }
    }

    [Theory]
    [InlineData(100, 100, null, 101)]
    [InlineData(101, 100, "maxHops", 101)]
    [InlineData(150, 100, "maxHops", 101)]
    [InlineData(100, 99, "maxHops", 100)]
    [InlineData(10, 10, null, 11)]
    [InlineData(11, 10, "maxHops", 11)]
    [InlineData(12, 11, "maxHops", 12)]
    public async Task GetLineage_OfALongChain_EndsAtTheLastHopAllowed(int length, int maxHops, string? truncatedBy, int nodes)
    {
        string Node(int place) => place % 2 == 0 ? $"a{place:000}" : $"e{place:000}";
        var graph = await DrawnGraph.StoreAsync(gateway.Store, Enumerable.Range(0, length).Select(place => (Node(place), Node(place + 1))), "w");

        foreach (var (root, direction) in new[] { (Node(0), "downstream"), (Node(length), "upstream"), (Node(0), "both") })
        {
            var path = $"{graph.PathOf(root)}?direction={direction}&maxHops={maxHops}";
            var (answer, calls) = await ReadAsync(path);
            gateway.Calls.Failing = ("GetLineageSubgraph", StatusCode.Unimplemented);
            var byLevel = await gateway.Client.GetJson(path);
            gateway.Calls.Failing = null;

            var last = direction == "upstream" ? length - maxHops : maxHops;
            Assert.Equal(truncatedBy is null ? "" : $"{truncatedBy}: {Node(last)}", graph.CutOf(answer.Json!));
            Assert.Equal(nodes, answer["nodes"]!.AsArray().Count);
            Assert.Equal(nodes - 1, answer["edges"]!.AsArray().Count);
            Assert.Equal(byLevel.Text, answer.Text);
            Assert.Equal(HasSubgraph ? (direction == "both" ? 3 : 2) + (maxHops > 10 ? 2 : 1) : Math.Min(length, maxHops) + 3, calls.Count);
        }
    }

    [NeedsFact(StoreAbility.Filters)]
    public async Task GetLineage_OfAGraphThatWidensFarDown_MixesTheWays()
    {
        string Node(int place) => place % 2 == 0 ? $"a{place:000}" : $"e{place:000}";
        var stem = Enumerable.Range(0, 10).Select(place => (Node(place), Node(place + 1)));
        var crown = Enumerable.Range(0, 150).SelectMany(i => new[] { (Node(10), $"e1{i:000}"), ($"e1{i:000}", $"a1{i:000}"), ($"a1{i:000}", "e90000") });
        var graph = await DrawnGraph.StoreAsync(gateway.Store, [.. stem, .. crown, ("e90000", "a90000")], "w");
        var path = $"{graph.PathOf(Node(0))}?direction=downstream&maxHops=50";

        var (answer, calls) = await ReadAsync(path);
        gateway.Calls.Failing = ("GetLineageSubgraph", StatusCode.Unimplemented);
        var (byLevel, _) = await ReadAsync(path);

        Assert.Equal(
            ["GetLineageSubgraph", "GetEventsByExecutionIDs", "GetEventsByArtifactIDs", "GetLineageSubgraph", "GetArtifactsByID", "GetExecutionsByID"], calls);
        Assert.Equal(11 + 300 + 2, answer["nodes"]!.AsArray().Count);
        Assert.False((bool)answer["truncated"]!);
        Assert.Equal(byLevel.Text, answer.Text);
    }

    [Theory]
    // The root, 5000 executions, 5000 artifacts, an execution, an artifact.
    [InlineData(10_000, 10_000, "nodeLimit")]
    [InlineData(9_999, 9_999, "nodeLimit")]
    [InlineData(5_001, 5_001, "nodeLimit")]
    [InlineData(500, 500, "nodeLimit")]
    [InlineData(1, 1, "nodeLimit")]
    [Trait("Size", "Large")]
    public async Task GetLineage_OfAHugeDiamond_IsBounded(int nodeLimit, int nodes, string? truncatedBy)
    {
        var graph = await HugeDiamondAsync(5_000);
        var path = $"{graph.PathOf("a0")}?direction=downstream&nodeLimit={nodeLimit}";

        var (answer, calls) = await ReadAsync(path);
        gateway.Calls.Failing = ("GetLineageSubgraph", StatusCode.Unimplemented);
        var (byLevel, levelCalls) = await ReadAsync(path);

        Assert.Equal(nodes, answer["nodes"]!.AsArray().Count);
        Assert.Equal(truncatedBy, (string?)answer["truncatedBy"]);
        Assert.Equal(byLevel.Text, answer.Text);
        // Records are read a thousand at a time, and so are events by id.
        Assert.InRange(calls.Count, 2, HasSubgraph ? 1 + 11 : 3 + 10 + 11);
        Assert.InRange(levelCalls.Count, 3, 1 + 3 + 10 + 11);
    }

    [Fact]
    [Trait("Size", "Large")]
    public async Task GetLineage_OfADiamondOfTenThousand_ShowsItAll()
    {
        var graph = await HugeDiamondAsync(4_998);

        var (answer, calls) = await ReadAsync($"{graph.PathOf("a0")}?direction=downstream&nodeLimit=10000");
        var (fromBelow, _) = await ReadAsync($"{graph.PathOf("a9")}?nodeLimit=10000");

        Assert.Equal(9_999, answer["nodes"]!.AsArray().Count);
        Assert.Equal((3 * 4_998) + 1, answer["edges"]!.AsArray().Count);
        Assert.False((bool)answer["truncated"]!);
        Assert.Equal(answer["edges"]!.ToJsonString(), fromBelow["edges"]!.ToJsonString());
        Assert.Equal((HasSubgraph ? 1 : 3 + 5 + 5) + 5 + 5, calls.Count);
    }

    private async Task<DrawnGraph> HugeDiamondAsync(int width)
    {
        var wide = Enumerable.Range(0, width).SelectMany(i => new[] { ("a0", $"e1{i:0000}"), ($"e1{i:0000}", $"a1{i:0000}"), ($"a1{i:0000}", "e9") });
        return await DrawnGraph.StoreAsync(gateway.Store, [.. wide, ("e9", "a9")], "w");
    }

    private async Task<(Answer Answer, IReadOnlyList<string> Calls)> ReadAsync(string path)
    {
        gateway.Calls.Clear();
        var answer = (await gateway.Client.GetJson(path)).Expect(HttpStatusCode.OK);
        return (answer, gateway.Calls.Methods);
    }

    private static RpcException Failure(StatusCode status) => new(new Status(status, ""));
}
