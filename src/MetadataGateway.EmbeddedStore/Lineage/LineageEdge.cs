using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using Direction = MlMetadata.LineageSubgraphQueryOptions.Types.Direction;
using EventType = MlMetadata.Event.Types.Type;

namespace MetadataGateway.EmbeddedStore.Lineage;

/// <summary>An event on the way from one node to another of the other kind.</summary>
internal readonly record struct LineageEdge(long EventId, long FarId)
{
    private static readonly EventType[] Inputs = [EventType.Input, EventType.DeclaredInput, EventType.InternalInput];

    private static readonly EventType[] Outputs =
        [EventType.Output, EventType.DeclaredOutput, EventType.InternalOutput, EventType.PendingOutput];

    /// <summary>The edges that lead from some nodes in a direction. Events whose far end is missing from the file lead nowhere.</summary>
    public static List<LineageEdge> From(StoreConnection connection, NodeKind near, IReadOnlyCollection<long> ids, Direction direction)
    {
        var far = near == NodeKind.Artifact ? NodeKind.Execution : NodeKind.Artifact;
        var edges = new List<LineageEdge>();
        using var rows = connection.Prepare($"""
            SELECT event.id, far.id FROM Event AS event JOIN {far} AS far ON far.id = event.{far.Word()}_id
            WHERE event.{near.Word()}_id IN (SELECT value FROM json_each(?)){TypeTest(near, direction)} ORDER BY event.id
            """).Bind(JsonList.Of(ids));
        while (rows.Step())
            edges.Add(new LineageEdge(rows.Int64(0), rows.Int64(1)));
        return edges;
    }

    private static string TypeTest(NodeKind near, Direction direction)
    {
        if (direction is not (Direction.Upstream or Direction.Downstream))
            return "";
        // Upstream of an artifact are the executions that it is an output of; upstream of an execution are its inputs.
        var types = (near == NodeKind.Artifact) == (direction == Direction.Upstream) ? Outputs : Inputs;
        return $" AND event.type IN ({string.Join(", ", types.Select(type => (int)type))})";
    }
}
