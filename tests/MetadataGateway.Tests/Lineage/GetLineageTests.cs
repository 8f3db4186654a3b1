using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Lineage;

public sealed class GetLineageTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    // a0 and a5 go into e1, which makes a1 and its sibling a6; e2 and e3 read a1.
    private const string Tree = "a0>e1 a5>e1 e1>a1 e1>a6 a1>e2 a1>e3 e2>a2 e3>a3 a7>e3 a2>e4";

    [Theory]
    [InlineData("a1", "", "a1:0 e1:1 e2:1 e3:1 a0:2 a2:2 a3:2 a5:2 e4:3", "a0>e1 e1>a1 a5>e1 a1>e2 e2>a2 a1>e3 e3>a3 a2>e4")]
    [InlineData("a1", "?direction=both", "a1:0 e1:1 e2:1 e3:1 a0:2 a2:2 a3:2 a5:2 e4:3", "a0>e1 e1>a1 a5>e1 a1>e2 e2>a2 a1>e3 e3>a3 a2>e4")]
    [InlineData("a1", "?direction=upstream", "a1:0 e1:1 a0:2 a5:2", "a0>e1 e1>a1 a5>e1")]
    [InlineData("a1", "?direction=downstream", "a1:0 e2:1 e3:1 a2:2 a3:2 e4:3", "a1>e2 e2>a2 a1>e3 e3>a3 a2>e4")]
    [InlineData("e1", "", "e1:0 a0:1 a1:1 a5:1 a6:1 e2:2 e3:2 a2:3 a3:3 e4:4", "a0>e1 e1>a1 a5>e1 e1>a6 a1>e2 e2>a2 a1>e3 e3>a3 a2>e4")]
    [InlineData("e3", "?direction=upstream", "e3:0 a1:1 a7:1 e1:2 a0:3 a5:3", "a0>e1 e1>a1 a5>e1 a1>e3 a7>e3")]
    [InlineData("a0", "?direction=upstream", "a0:0", "")]
    public async Task GetLineage_InADirection_FollowsTheFlowOfData(string root, string query, string nodes, string edges)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, Tree);

        var lineage = (await gateway.Client.GetJson(graph.PathOf(root) + query)).Expect(HttpStatusCode.OK).Json!;

        Assert.Equal(Sorted(graph, nodes), graph.NodesOf(lineage));
        Assert.Equal(edges.Split(' ').Order(), graph.EdgesOf(lineage).Split(' ').Order());
        Assert.Equal("", graph.CutOf(lineage));
    }

    [Theory]
    [InlineData("a1", "?maxHops=0", "a1:0", "", "maxHops: a1")]
    [InlineData("a1", "?maxHops=1", "a1:0 e1:1 e2:1 e3:1", "e1>a1 a1>e2 a1>e3", "maxHops: e1 e2 e3")]
    [InlineData("a1", "?maxHops=2", "a1:0 e1:1 e2:1 e3:1 a0:2 a2:2 a3:2 a5:2", "a0>e1 e1>a1 a5>e1 a1>e2 e2>a2 a1>e3 e3>a3", "maxHops: a2")]
    [InlineData("a1", "?maxHops=3", "a1:0 e1:1 e2:1 e3:1 a0:2 a2:2 a3:2 a5:2 e4:3", "a0>e1 e1>a1 a5>e1 a1>e2 e2>a2 a1>e3 e3>a3 a2>e4", "")]
    [InlineData("a1", "?maxHops=2&direction=upstream", "a1:0 e1:1 a0:2 a5:2", "a0>e1 e1>a1 a5>e1", "")]
    [InlineData("a0", "?maxHops=0&direction=upstream", "a0:0", "", "")]
    [InlineData("a1", "?nodeLimit=1", "a1:0", "", "nodeLimit: a1")]
    [InlineData("a1", "?nodeLimit=2", "a1:0 e1:1", "e1>a1", "nodeLimit: e1 a1")]
    [InlineData("a1", "?nodeLimit=4", "a1:0 e1:1 e2:1 e3:1", "e1>a1 a1>e2 a1>e3", "nodeLimit: e1 e2 e3")]
    [InlineData("a1", "?nodeLimit=5", "a1:0 e1:1 e2:1 e3:1 a0:2", "a0>e1 e1>a1 a1>e2 a1>e3", "nodeLimit: e1 e2 e3")]
    [InlineData("a1", "?nodeLimit=4&maxHops=1", "a1:0 e1:1 e2:1 e3:1", "e1>a1 a1>e2 a1>e3", "maxHops: e1 e2 e3")]
    [InlineData("a1", "?nodeLimit=9", "a1:0 e1:1 e2:1 e3:1 a0:2 a2:2 a3:2 a5:2 e4:3", "a0>e1 e1>a1 a5>e1 a1>e2 e2>a2 a1>e3 e3>a3 a2>e4", "")]
    [InlineData("a1", "?nodeLimit=4&direction=upstream", "a1:0 e1:1 a0:2 a5:2", "a0>e1 e1>a1 a5>e1", "")]
    public async Task GetLineage_WithLimits_TellsWhatWasCutWhere(string root, string query, string nodes, string edges, string cut)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, Tree);

        var lineage = (await gateway.Client.GetJson(graph.PathOf(root) + query)).Expect(HttpStatusCode.OK).Json!;

        Assert.Equal(Sorted(graph, nodes), graph.NodesOf(lineage));
        Assert.Equal(edges.Split(' ').Order(), graph.EdgesOf(lineage).Split(' ').Order());
        Assert.Equal(cut, graph.CutOf(lineage));
    }

    [Fact]
    public async Task GetLineage_CutWhereTheOtherDirectionGoesOn_SaysSo()
    {
        // a9 is four hops down, behind e2, which is one hop up.
        var graph = await DrawnGraph.StoreAsync(gateway.Store, "a1>e1 e1>a2 a2>e2 e2>a1 e2>a9");

        var lineage = (await gateway.Client.GetJson(graph.PathOf("a1") + "?maxHops=2")).Expect(HttpStatusCode.OK).Json!;

        Assert.Equal("a1:0 e1:1 e2:1 a2:2", graph.NodesOf(lineage));
        Assert.Equal("maxHops: a2", graph.CutOf(lineage));
    }

    [Theory]
    [InlineData("a1>e1 e1>a1", "a1", "", "a1:0 e1:1", "a1>e1 e1>a1")]
    [InlineData("a1>e1 e1>a2 a2>e2 e2>a1", "a1", "", "a1:0 e1:1 e2:1 a2:2", "a1>e1 e1>a2 e2>a1 a2>e2")]
    [InlineData("a1>e1 e1>a2 a2>e2 e2>a1", "a1", "?direction=downstream", "a1:0 e1:1 a2:2 e2:3", "a1>e1 e1>a2 e2>a1 a2>e2")]
    [InlineData("a1>e1 e1>a2 a2>e2 e2>a1", "e2", "?direction=upstream", "e2:0 a2:1 e1:2 a1:3", "a1>e1 e1>a2 e2>a1 a2>e2")]
    // An edge between two shown nodes counts although no walk goes along it.
    [InlineData("a1>e1 e1>a2 a1>e2 e2>a2 a2>e1", "a2", "?direction=upstream&maxHops=1", "a2:0 e1:1 e2:1", "a2>e1 e1>a2 e2>a2")]
    public async Task GetLineage_WithCycles_ShowsEachNodeAndEdgeOnce(string drawn, string root, string query, string nodes, string edges)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, drawn);

        var lineage = (await gateway.Client.GetJson(graph.PathOf(root) + query)).Expect(HttpStatusCode.OK).Json!;

        Assert.Equal(nodes, graph.NodesOf(lineage));
        Assert.Equal(edges, graph.EdgesOf(lineage));
    }

    [Theory]
    [InlineData("a0")]
    [InlineData("a2")]
    [InlineData("e1")]
    public async Task GetLineage_InBothDirections_IsTheUnionOfTheTwo(string root)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, "a0>e1 a0>e2 e1>a1 e2>a1 a1>e3 e3>a0 e3>a2 a3>e1 e2>a4 a2>e4 a4>e4 e4>a5");

        async Task<(HashSet<string> Nodes, HashSet<string> Edges)> ReadAsync(string direction)
        {
            var lineage = (await gateway.Client.GetJson($"{graph.PathOf(root)}?direction={direction}")).Expect(HttpStatusCode.OK).Json!;
            return ([.. graph.NodesOf(lineage).Split(' ').Select(node => node.Split(':')[0])], [.. graph.EdgesOf(lineage).Split(' ')]);
        }

        var (up, down, both) = (await ReadAsync("upstream"), await ReadAsync("downstream"), await ReadAsync("both"));

        Assert.Equal(up.Nodes.Union(down.Nodes).Order(), both.Nodes.Order());
        Assert.Superset(up.Edges.Union(down.Edges).ToHashSet(), both.Edges);
    }

    [Fact]
    public async Task GetLineage_OfAWideDiamond_ShowsItAllWithFewCalls()
    {
        const int Width = 1500;
        var wide = Enumerable.Range(0, Width).SelectMany(i => new[] { ("a0", $"e1{i:0000}"), ($"e1{i:0000}", $"a1{i:0000}"), ($"a1{i:0000}", "e9") });
        var graph = await DrawnGraph.StoreAsync(gateway.Store, [.. wide, ("e9", "a9")]);
        gateway.Calls.Clear();

        var answer = (await gateway.Client.GetJson($"{graph.PathOf("a0")}?nodeLimit=10000")).Expect(HttpStatusCode.OK);

        // Levels: a0, the executions, the artifacts, e9, a9; a thousand nodes at a time.
        Assert.True(gateway.Calls.Methods.Count(method => method.StartsWith("GetEvents", StringComparison.Ordinal)) <= 7, string.Join(' ', gateway.Calls.Methods));
        Assert.Equal(2 * Width + 3, answer["nodes"]!.AsArray().Count);
        Assert.Equal(3 * Width + 1, answer["edges"]!.AsArray().Count);
        Assert.False((bool)answer["truncated"]!);
        Assert.Equal(answer.Text, (await gateway.Client.GetJson($"{graph.PathOf("a0")}?nodeLimit=10000")).Text);
    }

    [Fact]
    public async Task GetLineage_OfAWideDiamondCutShort_ShowsTheLowestIdsOfTheLevel()
    {
        var wide = Enumerable.Range(0, 600).SelectMany(i => new[] { ("a0", $"e1{i:000}"), ($"e1{i:000}", "a9") });
        var graph = await DrawnGraph.StoreAsync(gateway.Store, wide);

        var answer = (await gateway.Client.GetJson(graph.PathOf("a0"))).Expect(HttpStatusCode.OK);

        Assert.Equal(Enumerable.Range(0, 499).Select(i => $"e1{i:000}:1").Prepend("a0:0"), graph.NodesOf(answer.Json!).Split(' '));
        Assert.Equal(499, answer["edges"]!.AsArray().Count);
        Assert.Equal("nodeLimit", (string?)answer["truncatedBy"]);
        Assert.Equal(500, answer["frontier"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("direction=Both", "direction")]
    [InlineData("direction=", "direction")]
    [InlineData("maxHops=-1", "maxHops")]
    [InlineData("maxHops=101", "maxHops")]
    [InlineData("maxHops=1.5", "maxHops")]
    [InlineData("nodeLimit=0", "nodeLimit")]
    [InlineData("nodeLimit=10001", "nodeLimit")]
    [InlineData("format=svg", "format")]
    [InlineData("depth=3", "depth")]
    [InlineData("maxHops=1&maxHops=2", "maxHops")]
    [InlineData("maxHops=x&nodeLimit=y", "maxHops", "nodeLimit")]
    public async Task GetLineage_WithBadParameters_Returns400(string query, params string[] paths)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, "a1>e1");

        (await gateway.Client.GetJson($"{graph.PathOf("a1")}?{query}")).ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Fact]
    public async Task GetLineage_OfRun_StartsAtItsExecutions()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        async Task<string> NewAsync(string body) => await gateway.Client.CreateAsync($"{workspace}/executions", body);
        var first = await NewAsync("""{"name": "first", "run": "run/ä b", "outputs": [{"kind": "dataset", "name": "d", "uri": "s3://d"}]}""");
        var second = await NewAsync("""{"name": "second", "run": "run/ä b", "inputs": [{"match": {"name": "d"}}]}""");
        var later = await NewAsync("""{"name": "later", "inputs": [{"match": {"name": "d"}}]}""");

        var answer = await gateway.Client.GetJson($"{workspace}/runs/run%2F%C3%A4%20b/lineage");
        var upstream = await gateway.Client.GetJson($"{workspace}/runs/run%2F%C3%A4%20b/lineage?direction=upstream&nodeLimit=1");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal($"run/{workspace[(workspace.LastIndexOf('/') + 1)..]}/run%2F%C3%A4%20b", (string?)answer["root"]);
        Assert.Equal([$"execution/{first}", $"execution/{second}"], answer["nodes"]!.AsArray().Where(node => (int)node!["hops"]! == 0).Select(node => (string?)node!["ref"]));
        Assert.Equal($"execution/{later}", (string?)answer["nodes"]!.AsArray()[^1]!["ref"]);
        Assert.Equal(4, answer["nodes"]!.AsArray().Count);
        Assert.Equal(3, answer["edges"]!.AsArray().Count);
        Assert.Equal("nodeLimit", (string?)upstream["truncatedBy"]);
        Assert.Single(upstream["nodes"]!.AsArray());
    }

    [Fact]
    public async Task GetLineage_OfRunWithoutExecutions_IsEmptyAndOfUnknownRun404()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.PostJson($"{workspace}/runs", """{"name": "idle"}""");

        var idle = await gateway.Client.GetJson($"{workspace}/runs/idle/lineage");

        Assert.Equal("""{"nodes":[],"edges":[],"truncated":false,"truncatedBy":null,"frontier":[]}""", idle.Expect(HttpStatusCode.OK).Text.Replace($"\"root\":\"{(string?)idle["root"]}\",", "", StringComparison.Ordinal));
        (await gateway.Client.GetJson($"{workspace}/runs/none/lineage")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/none/runs/idle/lineage")).ExpectProblem(HttpStatusCode.NotFound);
    }

    // Within a level executions come before artifacts, each by id, and ids rise with the names.
    private static string Sorted(DrawnGraph graph, string nodes) => string.Join(' ', nodes.Split(' ')
        .OrderBy(node => node.Split(':')[1]).ThenBy(node => node[0] == 'a').ThenBy(node => graph.IdOf(node.Split(':')[0])));
}
