using MlMetadata;

namespace MetadataGateway.Lineage;

/// <summary>A node of the lineage graph. Executions sort before artifacts.</summary>
internal readonly record struct NodeRef(bool IsArtifact, long Id) : IComparable<NodeRef>
{
    public static NodeRef Artifact(long id) => new(true, id);

    public static NodeRef Execution(long id) => new(false, id);

    public int CompareTo(NodeRef other) => (IsArtifact, Id).CompareTo((other.IsArtifact, other.Id));

    public override string ToString() => $"{(IsArtifact ? "artifact" : "execution")}/{Id}";

    public static bool operator <(NodeRef left, NodeRef right) => left.CompareTo(right) < 0;

    public static bool operator >(NodeRef left, NodeRef right) => left.CompareTo(right) > 0;

    public static bool operator <=(NodeRef left, NodeRef right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NodeRef left, NodeRef right) => left.CompareTo(right) >= 0;
}

/// <summary>The events seen so far, and who is next to whom along the flow of data.</summary>
internal sealed class LineageGraph
{
    private readonly HashSet<(long, long, Event.Types.Type)> _known = [];
    private readonly List<Event> _events = [];
    private readonly Dictionary<NodeRef, List<NodeRef>> _sources = [];
    private readonly Dictionary<NodeRef, List<NodeRef>> _targets = [];
    private readonly HashSet<NodeRef> _absent = [];

    public IReadOnlyList<Event> Events => _events;

    public void Add(IEnumerable<Event> events)
    {
        foreach (var added in events)
        {
            if (FlowsIntoExecution(added.Type) is not { } into || !_known.Add((added.ArtifactId, added.ExecutionId, added.Type)))
            {
                continue;
            }

            _events.Add(added);
            var artifact = NodeRef.Artifact(added.ArtifactId);
            var execution = NodeRef.Execution(added.ExecutionId);
            var (source, target) = into ? (artifact, execution) : (execution, artifact);
            Neighbours(_targets, source).Add(target);
            Neighbours(_sources, target).Add(source);
        }
    }

    /// <summary>Where the node's data comes from, or what it flows into.</summary>
    public IEnumerable<NodeRef> Next(NodeRef node, bool upstream) =>
        ((upstream ? _sources : _targets).GetValueOrDefault(node) ?? []).Where(next => !_absent.Contains(next));

    /// <summary>From now on the nodes are nobody's neighbours: an event may name what does not exist (MLMD does not check all of them).</summary>
    public void Remove(IEnumerable<NodeRef> nodes) => _absent.UnionWith(nodes);

    /// <summary>The nodes that are at most so many hops away, the given ones included.</summary>
    public IReadOnlySet<NodeRef> Within(IEnumerable<NodeRef> nodes, bool upstream, int hops)
    {
        var found = nodes.ToHashSet();
        var front = found.ToList();
        for (var hop = 0; hop < hops && front.Count > 0; hop++)
        {
            front = [.. front.SelectMany(node => Next(node, upstream)).Where(found.Add)];
        }

        return found;
    }

    /// <summary>True for inputs of any sort, false for outputs, null for a type that this version does not know.</summary>
    public static bool? FlowsIntoExecution(Event.Types.Type type) => type switch
    {
        Event.Types.Type.Input or Event.Types.Type.DeclaredInput or Event.Types.Type.InternalInput => true,
        Event.Types.Type.Output or Event.Types.Type.DeclaredOutput or Event.Types.Type.InternalOutput or Event.Types.Type.PendingOutput => false,
        _ => null,
    };

    private static List<NodeRef> Neighbours(Dictionary<NodeRef, List<NodeRef>> map, NodeRef node)
    {
        if (!map.TryGetValue(node, out var neighbours))
        {
            map[node] = neighbours = [];
        }

        return neighbours;
    }
}
