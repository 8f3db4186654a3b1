using Google.Protobuf.WellKnownTypes;
using MetadataGateway.EmbeddedStore.Lineage;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;
using EventType = MlMetadata.Event.Types.Type;

namespace MetadataGateway.StoreContract.Tests.Lineage;

/// <summary>A database of its own for lineage queries. Nodes and events are written to its tables, dangling ones too.</summary>
internal sealed class LineageDatabase : IDisposable
{
    private readonly StoreConnection connection = StoreConnection.Open(StoreConnection.InMemory);

    public LineageDatabase(int artifacts, int executions)
    {
        StoreSchema.CreateOrCheck(connection);
        Execute("INSERT INTO Type (id, name, type_kind) VALUES (1, 'A', 1), (2, 'E', 0), (3, 'C', 2)");
        for (var id = 1; id <= artifacts; id++)
            Execute($"INSERT INTO Artifact (type_id, uri, name) VALUES (1, '', 'a{id}')");
        for (var id = 1; id <= executions; id++)
            Execute($"INSERT INTO Execution (type_id, name) VALUES (2, 'e{id}')");
    }

    public void Execute(string sql) => connection.Execute(sql);

    public void AddEvent(long artifactId, EventType type, long executionId) => Execute(
        "INSERT INTO Event (artifact_id, execution_id, type, milliseconds_since_epoch) "
        + $"VALUES ({artifactId}, {executionId}, {(int)type}, 0)");

    public LineageGraph Query(LineageSubgraphQueryOptions options, FieldMask? readMask = null) =>
        new LineageResult(connection, readMask).Of(LineageWalk.Run(connection, LineageQuery.From(options), CancellationToken.None));

    /// <summary>The nodes and events of a graph in short, as in <c>a1 a2 e1 a1-INPUT-e1</c>.</summary>
    public static string Describe(LineageGraph graph) => string.Join(' ',
    [
        .. graph.Artifacts.Select(artifact => $"a{artifact.Id}"),
        .. graph.Executions.Select(execution => $"e{execution.Id}"),
        .. graph.Events.Select(found => $"a{found.ArtifactId}-{found.Type}-e{found.ExecutionId}").Order(StringComparer.Ordinal),
    ]);

    public void Dispose() => connection.Dispose();
}
