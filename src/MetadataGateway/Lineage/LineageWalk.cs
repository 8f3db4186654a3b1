using MlMetadata;

namespace MetadataGateway.Lineage;

/// <summary>
/// The breadth-first walk from the roots, level by level with one call for the artifacts and one for the executions of a level. Upstream and
/// downstream are walked side by side, each with its own visited set, so that "both" is their union and siblings are not followed.
/// </summary>
internal sealed class LineageWalk(MetadataStoreService.MetadataStoreServiceClient client, int maxHops, int nodeLimit)
{
    private readonly LineageGraph _graph = new();
    private readonly Dictionary<NodeRef, int> _hops = [];
    private readonly HashSet<NodeRef> _read = [];
    private bool _limitReached;

    public LineageGraph Graph => _graph;

    /// <summary>Nodes to show and their distances.</summary>
    public IReadOnlyDictionary<NodeRef, int> Hops => _hops;

    /// <summary>Shown nodes that have more behind them in a direction that was walked.</summary>
    public IReadOnlySet<NodeRef> Frontier { get; private set; } = new HashSet<NodeRef>();

    public string? TruncatedBy => _limitReached ? "nodeLimit" : Frontier.Count > 0 ? "maxHops" : null;

    public async Task RunAsync(IEnumerable<NodeRef> roots, bool upstream, bool downstream, CancellationToken cancellationToken)
    {
        var walks = new List<Direction>();
        if (upstream)
        {
            walks.Add(new Direction(true));
        }

        if (downstream)
        {
            walks.Add(new Direction(false));
        }

        var start = roots.Order().Where(root => Show(root, 0)).ToList();
        foreach (var walk in walks)
        {
            walk.Enter(start);
        }

        for (var hop = 1; walks.Any(walk => walk.Front.Count > 0); hop++)
        {
            await ReadEventsAsync(walks.SelectMany(walk => walk.Front), cancellationToken);
            if (hop > maxHops || _limitReached)
            {
                break;
            }

            foreach (var (walk, next) in walks.Select(walk => (walk, NextOf(walk))).ToList())
            {
                walk.Enter([.. next.Where(node => Show(node, hop))]);
            }
        }

        Frontier = walks.SelectMany(walk => walk.Visited.Where(node => _graph.Next(node, walk.Upstream).Any(next => !_hops.ContainsKey(next)))).ToHashSet();
    }

    private List<NodeRef> NextOf(Direction walk) =>
        [.. walk.Front.SelectMany(node => _graph.Next(node, walk.Upstream)).Where(node => !walk.Visited.Contains(node)).Distinct().Order()];

    // A node that the other direction has shown already takes no further place.
    private bool Show(NodeRef node, int hop)
    {
        if (_hops.ContainsKey(node))
        {
            return true;
        }

        if (_hops.Count >= nodeLimit)
        {
            _limitReached = true;
            return false;
        }

        _hops[node] = hop;
        return true;
    }

    private async Task ReadEventsAsync(IEnumerable<NodeRef> nodes, CancellationToken cancellationToken)
    {
        var unread = nodes.Where(_read.Add).ToLookup(node => node.IsArtifact, node => node.Id);
        if (unread.Contains(true))
        {
            var answer = await client.GetEventsByArtifactIDsAsync(new() { ArtifactIds = { unread[true] } }, cancellationToken: cancellationToken);
            _graph.Add(answer.Events);
        }

        if (unread.Contains(false))
        {
            var answer = await client.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { unread[false] } }, cancellationToken: cancellationToken);
            _graph.Add(answer.Events);
        }
    }

    private sealed class Direction(bool upstream)
    {
        public bool Upstream { get; } = upstream;

        public HashSet<NodeRef> Visited { get; } = [];

        public IReadOnlyList<NodeRef> Front { get; private set; } = [];

        public void Enter(IReadOnlyList<NodeRef> nodes)
        {
            Front = [.. nodes.Where(Visited.Add)];
        }
    }
}
