namespace MetadataGateway.Lineage;

/// <summary>
/// The breadth-first walk from the roots. Upstream and downstream are walked side by side, each with its own visited set, so that "both" is their
/// union and siblings are not followed.
/// </summary>
internal sealed class LineageWalk(LineageEvents events, int maxHops, int nodeLimit)
{
    private const int SomeOfThem = 10;

    private readonly Dictionary<NodeRef, int> _hops = [];
    private readonly HashSet<NodeRef> _cut = [];
    private bool _limitReached;

    /// <summary>Nodes to show and their distances.</summary>
    public IReadOnlyDictionary<NodeRef, int> Hops => _hops;

    /// <summary>Shown nodes that have more behind them in a direction that was walked.</summary>
    public IReadOnlySet<NodeRef> Frontier { get; private set; } = new HashSet<NodeRef>();

    /// <summary>Nodes that a limit left out: some behind each node of the frontier, so that one of them existing makes it one.</summary>
    public IReadOnlySet<NodeRef> Cut => _cut;

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
            // The nodes of the last level are read too, for what lies behind them.
            var hopsLeft = _limitReached ? 1 : maxHops - hop + 2;
            await events.ReadAsync(walks.SelectMany(walk => walk.Front.Select(node => (node, walk.Upstream))), hopsLeft, cancellationToken);
            if (hop > maxHops || _limitReached)
            {
                break;
            }

            // In the order of the answer, whichever way they were found: what a limit leaves is the beginning of the whole.
            var next = walks.Select(walk => (Walk: walk, Nodes: NextOf(walk))).ToList();
            var shown = next.SelectMany(found => found.Nodes).Distinct().Order().Where(node => Show(node, hop)).ToHashSet();
            foreach (var (walk, nodes) in next)
            {
                walk.Enter(nodes.Where(shown.Contains));
            }
        }

        Frontier = walks.SelectMany(walk => walk.Visited.Where(node => HasMore(node, walk))).ToHashSet();
        if (walks.Count == 2 && walks.All(walk => walk.Visited.Count > start.Count))
        {
            // An edge past the roots, from a node upstream to one downstream, is on neither way.
            await events.ReadAllAsync(_hops.Keys.Where(node => !node.IsArtifact), cancellationToken);
        }
    }

    // What the other direction has shown is not followed any further in this one, either: more may be behind it.
    private bool HasMore(NodeRef node, Direction walk)
    {
        var more = events.Graph.Next(node, walk.Upstream).Where(next => !walk.Visited.Contains(next)).Take(SomeOfThem).ToList();
        _cut.UnionWith(more);
        return more.Count > 0;
    }

    private HashSet<NodeRef> NextOf(Direction walk) =>
        [.. walk.Front.SelectMany(node => events.Graph.Next(node, walk.Upstream)).Where(node => !walk.Visited.Contains(node))];

    // A node that the other direction has shown already takes no further place.
    private bool Show(NodeRef node, int hop)
    {
        if (_hops.ContainsKey(node))
        {
            return true;
        }

        if (_hops.Count >= nodeLimit)
        {
            if (!_limitReached)
            {
                _cut.Add(node);
            }

            _limitReached = true;
            return false;
        }

        _hops[node] = hop;
        return true;
    }

    private sealed class Direction(bool upstream)
    {
        public bool Upstream { get; } = upstream;

        public HashSet<NodeRef> Visited { get; } = [];

        public IReadOnlyList<NodeRef> Front { get; private set; } = [];

        public void Enter(IEnumerable<NodeRef> nodes) => Front = [.. nodes.Where(Visited.Add)];
    }
}
