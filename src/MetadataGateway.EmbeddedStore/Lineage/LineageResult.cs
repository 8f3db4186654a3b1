using Google.Protobuf.WellKnownTypes;
using MetadataGateway.EmbeddedStore.Events;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.EmbeddedStore.Types;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Lineage;

/// <summary>
/// Makes the graph of a finished walk. As with MLMD nodes carry their ids only, all types of the store are in it, with the fields that
/// its lists of types have, and parent_contexts stays empty.
/// </summary>
internal sealed class LineageResult(StoreConnection connection, FieldMask? readMask)
{
    // Base types are left out of the types, too (defect D7, docs/mlmd-compatibility.md).
    private const TypeFields FieldsOfTypes = TypeFields.Signature;

    public LineageGraph Of(LineageWalk walk)
    {
        var graph = new LineageGraph();
        if (IsWanted("artifact_types"))
            graph.ArtifactTypes.Add(TypeReader.List(connection, NodeKind.Artifact).Select(type => type.ToArtifactType(FieldsOfTypes)));
        if (IsWanted("execution_types"))
            graph.ExecutionTypes.Add(TypeReader.List(connection, NodeKind.Execution).Select(type => type.ToExecutionType(FieldsOfTypes)));
        if (IsWanted("context_types"))
            graph.ContextTypes.Add(TypeReader.List(connection, NodeKind.Context).Select(type => type.ToContextType(FieldsOfTypes)));
        if (IsWanted("artifacts"))
            graph.Artifacts.Add(walk.ArtifactIds.Select(id => new Artifact { Id = id }));
        if (IsWanted("executions"))
            graph.Executions.Add(walk.ExecutionIds.Select(id => new Execution { Id = id }));
        if (IsWanted("events"))
            graph.Events.Add(EventReader.WithIds(connection, walk.EventIds));
        AddContexts(graph, walk);
        return graph;
    }

    // The mask knows whole fields of the graph; MLMD ignores any other path, nested ones included.
    private bool IsWanted(string field) => readMask is not { Paths.Count: > 0 } || readMask.Paths.Contains(field);

    private void AddContexts(LineageGraph graph, LineageWalk walk)
    {
        if (!IsWanted("contexts") && !IsWanted("attributions") && !IsWanted("associations"))
            return;
        var attributions = Links("Attribution", NodeKind.Artifact, walk.ArtifactIds);
        var associations = Links("Association", NodeKind.Execution, walk.ExecutionIds);
        if (IsWanted("attributions"))
            graph.Attributions.Add(attributions.Select(link => new Attribution { ContextId = link.ContextId, ArtifactId = link.NodeId }));
        if (IsWanted("associations"))
            graph.Associations.Add(associations.Select(link => new Association { ContextId = link.ContextId, ExecutionId = link.NodeId }));
        if (IsWanted("contexts"))
            graph.Contexts.Add(attributions.Concat(associations)
                .Select(link => link.ContextId).Distinct().Order().Select(id => new Context { Id = id }));
    }

    // Links to contexts that are missing from the file are passed over. No index of MLMD leads from a node to its contexts, so the links
    // are gone through once; CROSS JOIN keeps SQLite from asking for each pair of a context and a node instead.
    private List<(long ContextId, long NodeId)> Links(string edges, NodeKind kind, IReadOnlyCollection<long> ids)
    {
        var links = new List<(long, long)>();
        using var rows = connection.Prepare($"""
            SELECT link.context_id, link.{kind.Word()}_id FROM {edges} AS link CROSS JOIN Context AS context ON context.id = link.context_id
            WHERE link.{kind.Word()}_id IN (SELECT value FROM json_each(?)) ORDER BY link.id
            """).Bind(JsonList.Of(ids));
        while (rows.Step())
            links.Add((rows.Int64(0), rows.Int64(1)));
        return links;
    }
}
