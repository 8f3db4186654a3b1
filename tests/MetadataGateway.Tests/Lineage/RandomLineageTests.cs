using System.Net;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.Lineage;

/// <summary>Random graphs, walked with GetLineageSubgraph and without it: the same answer, and the one that follows from the distances.</summary>
public sealed class RandomLineageTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Property(MaxTest = 60, Replay = "20261124,7")]
    public async Task GetLineage_OfARandomGraph_IsTheSameEitherWay(int seed)
    {
        var random = new Random(seed);
        var graph = RandomGraph.Of(random);
        await graph.StoreAsync(gateway.Store);
        for (var round = 0; round < 10; round++)
        {
            var root = graph.Nodes[random.Next(graph.Nodes.Count)];
            var direction = random.Next(3) switch { 0 => "upstream", 1 => "downstream", _ => "both" };
            var maxHops = random.Next(3) == 0 ? random.Next(101) : random.Next(6);
            var path = $"{graph.PathOf(root)}?direction={direction}&maxHops={maxHops}";
            var (nodes, edges, frontier) = graph.Expected(root, direction != "downstream", direction != "upstream", maxHops);

            var whole = await ReadBothWaysAsync(path);
            var nodeLimit = random.Next(1, graph.Nodes.Count + 1);
            var cut = await ReadBothWaysAsync($"{path}&nodeLimit={nodeLimit}");

            Assert.Equal(nodes, whole["nodes"]!.AsArray().Select(node => $"{node!["ref"]}:{node["hops"]}").Order(StringComparer.Ordinal));
            Assert.Equal(edges, whole["edges"]!.AsArray().Select(edge => $"{edge!["from"]} {edge["event"]} {edge["to"]}").Order(StringComparer.Ordinal));
            Assert.Equal(frontier, whole["frontier"]!.AsArray().Select(node => (string)node!).Order(StringComparer.Ordinal));
            Assert.Equal(frontier.Count > 0 ? "maxHops" : null, (string?)whole["truncatedBy"]);
            AssertIsBeginning(cut, whole, nodeLimit);
        }
    }

    // A limit leaves the first nodes of the whole, and their edges.
    private static void AssertIsBeginning(JsonNode cut, JsonNode whole, int nodeLimit)
    {
        if (whole["nodes"]!.AsArray().Count <= nodeLimit)
        {
            Assert.Equal(whole.ToJsonString(), cut.ToJsonString());
            return;
        }

        var nodes = whole["nodes"]!.AsArray().Take(nodeLimit).ToList();
        var references = nodes.Select(node => (string)node!["ref"]!).ToHashSet();
        var edges = whole["edges"]!.AsArray().Where(edge => references.Contains((string)edge!["from"]!) && references.Contains((string)edge["to"]!));
        Assert.Equal(nodes.Select(node => node!.ToJsonString()), cut["nodes"]!.AsArray().Select(node => node!.ToJsonString()));
        Assert.Equal(edges.Select(edge => edge!.ToJsonString()), cut["edges"]!.AsArray().Select(edge => edge!.ToJsonString()));
        Assert.Equal("nodeLimit", (string?)cut["truncatedBy"]);
        Assert.NotEmpty(cut["frontier"]!.AsArray());
    }

    private async Task<JsonNode> ReadBothWaysAsync(string path)
    {
        gateway.Calls.Clear();
        var subgraph = (await gateway.Client.GetJson(path)).Expect(HttpStatusCode.OK);
        Assert.Equal(MlmdProfile.Current.Lacks(StoreAbility.Filters) is null, gateway.Calls.Methods.Contains("GetLineageSubgraph"));
        gateway.Calls.Failing = ("GetLineageSubgraph", StatusCode.Unimplemented);
        var byLevel = (await gateway.Client.GetJson(path)).Expect(HttpStatusCode.OK);
        gateway.Calls.Failing = null;
        Assert.Equal(byLevel.Text, subgraph.Text);
        return subgraph.Json!;
    }
}
