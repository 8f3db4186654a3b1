using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlMetadata;

namespace MetadataGateway.Tests.Lineage;

/// <summary>
/// A graph stored as it is written down: <c>a1>e1 e1>a2</c> are an input and an output. Nodes whose names begin with <c>a</c> are artifacts, the
/// others executions; ids rise with the names.
/// </summary>
internal sealed partial class DrawnGraph
{
    private readonly Dictionary<string, string> _references = [];
    private readonly Dictionary<string, string> _names = [];

    public static async Task<DrawnGraph> StoreAsync(MetadataStoreService.MetadataStoreServiceClient store, string edges, string? workspace = null) =>
        await StoreAsync(store, edges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(edge => (edge.Split('>')[0], edge.Split('>')[1])), workspace);

    /// <summary>With a workspace its name stands in the records, as the SDK and the gateway write it.</summary>
    public static async Task<DrawnGraph> StoreAsync(
        MetadataStoreService.MetadataStoreServiceClient store, IEnumerable<(string From, string To)> edges, string? workspace = null)
    {
        var drawn = edges.ToList();
        var artifactType = (await store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "drawn.Artifact" } })).TypeId;
        var executionType = (await store.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "drawn.Execution" } })).TypeId;
        var names = drawn.SelectMany(edge => new[] { edge.From, edge.To }).Distinct().OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).ToList();
        var artifacts = names.Where(name => name[0] == 'a').ToList();
        var executions = names.Where(name => name[0] != 'a').ToList();
        var request = new PutLineageSubgraphRequest
        {
            Artifacts = { artifacts.Select(name => new Artifact { TypeId = artifactType, CustomProperties = { ["name"] = new Value { StringValue = name } } }) },
            Executions = { executions.Select(name => new Execution { TypeId = executionType, CustomProperties = { ["name"] = new Value { StringValue = name } } }) },
        };
        var (artifactIndex, executionIndex) = (Indexes(artifacts), Indexes(executions));
        request.EventEdges.AddRange(drawn.Select(edge => edge.From[0] == 'a'
            ? new PutLineageSubgraphRequest.Types.EventEdge
            {
                ArtifactIndex = artifactIndex[edge.From],
                ExecutionIndex = executionIndex[edge.To],
                Event = new() { Type = Event.Types.Type.Input },
            }
            : new PutLineageSubgraphRequest.Types.EventEdge
            {
                ArtifactIndex = artifactIndex[edge.To],
                ExecutionIndex = executionIndex[edge.From],
                Event = new() { Type = Event.Types.Type.Output },
            }));
        if (workspace is not null)
        {
            foreach (var properties in request.Artifacts.Select(artifact => artifact.CustomProperties).Concat(request.Executions.Select(execution => execution.CustomProperties)))
            {
                properties["__kf_workspace__"] = new Value { StringValue = workspace };
            }
        }

        var answer = await store.PutLineageSubgraphAsync(request);

        var graph = new DrawnGraph();
        graph.Add(artifacts.Zip(answer.ArtifactIds.Select(id => $"artifact/{id}")));
        graph.Add(executions.Zip(answer.ExecutionIds.Select(id => $"execution/{id}")));
        return graph;
    }

    /// <summary>Path of the lineage of a node.</summary>
    public string PathOf(string name) => $"/api/v1/{Collection().Replace(_references[name], "$1s/")}/lineage";

    /// <summary>Id of the node.</summary>
    public long IdOf(string name) => long.Parse(_references[name][(_references[name].IndexOf('/', StringComparison.Ordinal) + 1)..]);

    /// <summary>The nodes shown, in order, with their hops: <c>a1:0 e1:1</c>.</summary>
    public string NodesOf(JsonNode lineage) => string.Join(' ', lineage["nodes"]!.AsArray().Select(node => $"{_names[(string)node!["ref"]!]}:{node["hops"]}"));

    /// <summary>The edges shown, in order.</summary>
    public string EdgesOf(JsonNode lineage) =>
        string.Join(' ', lineage["edges"]!.AsArray().Select(edge => $"{_names[(string)edge!["from"]!]}>{_names[(string)edge["to"]!]}"));

    /// <summary>What the answer says about its limits: <c>maxHops: a1 e2</c>, empty when nothing was cut.</summary>
    public string CutOf(JsonNode lineage)
    {
        var frontier = lineage["frontier"]!.AsArray().Select(node => _names[(string)node!]).ToList();
        Assert.Equal((string?)lineage["truncatedBy"] is not null, (bool)lineage["truncated"]!);
        return (string?)lineage["truncatedBy"] is { } limit ? $"{limit}: {string.Join(' ', frontier)}" : string.Join(' ', frontier);
    }

    private static Dictionary<string, int> Indexes(List<string> names) => names.Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => entry.index);

    private void Add(IEnumerable<(string Name, string Reference)> nodes)
    {
        foreach (var (name, reference) in nodes)
        {
            _references[name] = reference;
            _names[reference] = name;
        }
    }

    [GeneratedRegex("^(artifact|execution)/")]
    private static partial Regex Collection();
}
