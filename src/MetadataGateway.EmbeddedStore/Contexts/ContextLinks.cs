using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;

namespace MetadataGateway.EmbeddedStore.Contexts;

/// <summary>Attributions (context and artifact) and associations (context and execution). A link that exists is left as it is.</summary>
internal static class ContextLinks
{
    public const string Attributions = "Attribution";
    public const string Associations = "Association";

    public static void Attribute(StoreConnection connection, long contextId, long artifactId) =>
        connection.Prepare("INSERT INTO Attribution (context_id, artifact_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .Bind(contextId).Bind(artifactId).Run();

    public static void Associate(StoreConnection connection, long contextId, long executionId) =>
        connection.Prepare("INSERT INTO Association (context_id, execution_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .Bind(contextId).Bind(executionId).Run();

    // Links whose other end does not exist, which MLMD can leave in a file and then fails on, are passed over
    // (defect D10, docs/mlmd-compatibility.md).
    public static FilterCondition ContextsOfArtifact(long artifactId) =>
        new("node.id IN (SELECT context_id FROM Attribution WHERE artifact_id = ?)", [artifactId]);

    public static FilterCondition ContextsOfExecution(long executionId) =>
        new("node.id IN (SELECT context_id FROM Association WHERE execution_id = ?)", [executionId]);
}
