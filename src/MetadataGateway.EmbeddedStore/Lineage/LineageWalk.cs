using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using Direction = MlMetadata.LineageSubgraphQueryOptions.Types.Direction;

namespace MetadataGateway.EmbeddedStore.Lineage;

/// <summary>
/// A walk in breadth, from artifacts to executions and back: a hop leads over the events of one kind of node to nodes of the other. Each
/// hop is a handful of statements, however wide it is.
/// </summary>
internal sealed class LineageWalk
{
    // MLMD documents 100 and takes one more (defect D11, docs/mlmd-compatibility.md).
    private const int MostStartingNodes = 101;

    private readonly StoreConnection connection;
    private readonly Direction direction;
    private readonly Side artifacts;
    private readonly Side executions;
    private readonly List<long> eventIds = [];

    private LineageWalk(StoreConnection connection, LineageQuery query)
    {
        this.connection = connection;
        direction = query.Direction;
        artifacts = new Side(NodeKind.Artifact, EndingRule.From(query.EndingArtifacts, NodeKind.Artifact));
        executions = new Side(NodeKind.Execution, EndingRule.From(query.EndingExecutions, NodeKind.Execution));
    }

    public IReadOnlyCollection<long> ArtifactIds => artifacts.Result;

    public IReadOnlyCollection<long> ExecutionIds => executions.Result;

    /// <summary>The events that were collected, hop by hop.</summary>
    public IReadOnlyList<long> EventIds => eventIds;

    public static LineageWalk Run(StoreConnection connection, LineageQuery query, CancellationToken cancellationToken)
    {
        var starting = StartingNodes(connection, query);
        if (starting.Count == 0)
            throw StoreStatus.NotFound($"No {query.StartingKind.Word()} matches the filter_query of the starting nodes.");
        var walk = new LineageWalk(connection, query);
        var near = query.StartingKind == NodeKind.Artifact ? walk.artifacts : walk.executions;
        var frontier = walk.Enter(near, starting);
        for (var hop = 0; hop < query.MaxHops && frontier.Count > 0; hop++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var far = near == walk.artifacts ? walk.executions : walk.artifacts;
            frontier = walk.Hop(near, far, frontier);
            near = far;
        }
        return walk;
    }

    private static List<long> StartingNodes(StoreConnection connection, LineageQuery query)
    {
        var condition = FilterQueryCompiler.Compile(query.StartingFilter, query.StartingKind);
        var ids = new List<long>();
        using var rows = connection
            .Prepare(
                $"SELECT node.id FROM {query.StartingKind} AS node WHERE {condition.Sql} ORDER BY node.id LIMIT {MostStartingNodes}",
                keep: false)
            .BindAll(condition.Parameters);
        while (rows.Step())
            ids.Add(rows.Int64(0));
        return ids;
    }

    private HashSet<long> Hop(Side near, Side far, IReadOnlyCollection<long> frontier)
    {
        var edges = LineageEdge.From(connection, near.Kind, frontier, direction);
        var isDirected = direction is Direction.Upstream or Direction.Downstream;
        // Without a direction an event between nodes that were met earlier was collected from its other side.
        var returning = isDirected ? edges.Where(edge => far.Visited.Contains(edge.FarId)).ToHashSet() : [];
        var entered = Enter(far, edges.Select(edge => edge.FarId).Where(id => !far.Knows(id)));
        eventIds.AddRange(edges
            .Where(edge => entered.Contains(edge.FarId)
                || far.Rule.IsIncluded && far.Ending.Contains(edge.FarId)
                || returning.Contains(edge))
            .Select(edge => edge.EventId));
        return entered;
    }

    // Ending nodes are remembered, so that they end the walk wherever it meets them again, and are not walked on from.
    private HashSet<long> Enter(Side side, IEnumerable<long> ids)
    {
        var entered = ids.ToHashSet();
        var ending = side.Rule.EndsAmong(connection, entered);
        side.Ending.UnionWith(ending);
        entered.ExceptWith(ending);
        side.Visited.UnionWith(entered);
        return entered;
    }

    /// <summary>What the walk has met of one kind of node.</summary>
    private sealed record Side(NodeKind Kind, EndingRule Rule)
    {
        public HashSet<long> Visited { get; } = [];

        public HashSet<long> Ending { get; } = [];

        public IReadOnlyCollection<long> Result => [.. (Rule.IsIncluded ? Visited.Concat(Ending) : Visited).Order()];

        public bool Knows(long id) => Visited.Contains(id) || Ending.Contains(id);
    }
}
