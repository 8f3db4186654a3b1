using MlMetadata;
using EventType = MlMetadata.Event.Types.Type;

namespace MetadataGateway.Tests.Lineage;

/// <summary>An event between an artifact and an execution, by their places in the graph.</summary>
internal sealed record RandomEvent(int Artifact, int Execution, EventType Type)
{
    public bool IsInput => Type is EventType.Input or EventType.DeclaredInput or EventType.InternalInput;
}

/// <summary>A random graph of a few nodes, with every type of event, and what its lineage must be by the definition of distance.</summary>
internal sealed class RandomGraph(int artifacts, int executions, IReadOnlyList<RandomEvent> events)
{
    private long _firstArtifact;
    private long _firstExecution;

    /// <summary>All nodes: artifacts are positive, executions negative; 1 and -1 are the first.</summary>
    public IReadOnlyList<int> Nodes => [.. Enumerable.Range(1, artifacts), .. Enumerable.Range(1, executions).Select(place => -place)];

    public static RandomGraph Of(Random random)
    {
        var (artifacts, executions) = (random.Next(1, 8), random.Next(1, 8));
        var density = random.Next(5, 40);
        return new RandomGraph(artifacts, executions,
        [
            .. from artifact in Enumerable.Range(1, artifacts)
               from execution in Enumerable.Range(1, executions)
               from type in Enum.GetValues<EventType>()
               where type != EventType.Unknown && random.Next(density) == 0
               select new RandomEvent(artifact, execution, type),
        ]);
    }

    public async Task StoreAsync(MetadataStoreService.MetadataStoreServiceClient store)
    {
        var artifactType = (await store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "drawn.Artifact" } })).TypeId;
        var executionType = (await store.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "drawn.Execution" } })).TypeId;
        var workspace = new Dictionary<string, Value> { ["__kf_workspace__"] = new() { StringValue = "w" } };
        var request = new PutLineageSubgraphRequest
        {
            Artifacts = { Enumerable.Range(0, artifacts).Select(_ => new Artifact { TypeId = artifactType, CustomProperties = { workspace } }) },
            Executions = { Enumerable.Range(0, executions).Select(_ => new Execution { TypeId = executionType, CustomProperties = { workspace } }) },
            EventEdges =
            {
                events.Select(edge => new PutLineageSubgraphRequest.Types.EventEdge
                {
                    ArtifactIndex = edge.Artifact - 1, ExecutionIndex = edge.Execution - 1, Event = new() { Type = edge.Type },
                }),
            },
        };
        var answer = await store.PutLineageSubgraphAsync(request);
        (_firstArtifact, _firstExecution) = (answer.ArtifactIds[0], answer.ExecutionIds[0]);
    }

    public string ReferenceOf(int node) => node > 0 ? $"artifact/{_firstArtifact + node - 1}" : $"execution/{_firstExecution - node - 1}";

    public string PathOf(int node) => $"/api/v1/{ReferenceOf(node).Replace("/", "s/", StringComparison.Ordinal)}/lineage";

    /// <summary>The nodes with their hops, the edges and the frontier, when nothing but the number of hops cuts.</summary>
    public (IReadOnlyList<string> Nodes, IReadOnlyList<string> Edges, IReadOnlyList<string> Frontier) Expected(
        int root, bool upstream, bool downstream, int maxHops)
    {
        var (above, below) = (Distances(root, true, upstream), Distances(root, false, downstream));
        var hops = Nodes.Select(node => (node, Math.Min(above[node], below[node]))).Where(entry => entry.Item2 <= maxHops).ToDictionary();
        var behind = Nodes.Where(node =>
            (above[node] <= maxHops && Next(node, true).Any(next => upstream && above[next] > maxHops))
            || (below[node] <= maxHops && Next(node, false).Any(next => downstream && below[next] > maxHops)));
        return (
            [.. hops.Select(entry => $"{ReferenceOf(entry.Key)}:{entry.Value}").Order(StringComparer.Ordinal)],
            [.. events.Where(edge => hops.ContainsKey(edge.Artifact) && hops.ContainsKey(-edge.Execution)).Select(Describe).Order(StringComparer.Ordinal)],
            [.. behind.Select(ReferenceOf).Order(StringComparer.Ordinal)]);
    }

    private string Describe(RandomEvent edge)
    {
        var (artifact, execution) = (ReferenceOf(edge.Artifact), ReferenceOf(-edge.Execution));
        var name = string.Concat(edge.Type.ToString().Select((letter, place) => place > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
        return edge.IsInput ? $"{artifact} {name} {execution}" : $"{execution} {name} {artifact}";
    }

    private IEnumerable<int> Next(int node, bool upstream) => events
        .Where(edge => (node > 0 ? edge.Artifact == node : edge.Execution == -node) && (node > 0) == (edge.IsInput != upstream))
        .Select(edge => node > 0 ? -edge.Execution : edge.Artifact);

    // Bellman-Ford: as far from the walk's way as can be.
    private Dictionary<int, int> Distances(int root, bool upstream, bool isWalked)
    {
        const int Unreached = 1000;
        var distances = Nodes.ToDictionary(node => node, node => node == root ? 0 : Unreached);
        for (var round = 0; isWalked && round < Nodes.Count; round++)
        {
            foreach (var node in Nodes.Where(node => distances[node] < Unreached))
            {
                foreach (var next in Next(node, upstream))
                {
                    distances[next] = Math.Min(distances[next], distances[node] + 1);
                }
            }
        }

        return distances;
    }
}
