using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using Microsoft.Data.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Events;

/// <summary>Adds events. An event is known by its two ends and its type, and cannot be changed afterwards.</summary>
internal sealed class EventWriter(NodeReader<Artifact> artifacts, NodeReader<Execution> executions, TimeProvider clock)
{
    /// <summary>Adds an event that names both its ends.</summary>
    public void Insert(StoreConnection connection, Event given)
    {
        if (!given.HasArtifactId)
            throw StoreStatus.InvalidArgument("An event has no artifact_id.");
        if (!given.HasExecutionId)
            throw StoreStatus.InvalidArgument("An event has no execution_id.");
        Insert(connection, given, given.ArtifactId, given.ExecutionId);
    }

    /// <summary>Adds an event whose ends are known from elsewhere in the request.</summary>
    public void Insert(StoreConnection connection, Event given, long artifactId, long executionId)
    {
        // An enum number that MLMD does not know counts as unset.
        if (!given.HasType || !Enum.IsDefined(given.Type) || given.Type == Event.Types.Type.Unknown)
            throw StoreStatus.InvalidArgument($"The event between artifact {artifactId} and execution {executionId} has no type.");
        // MLMD looks at the ends in PutEvents only, and elsewhere leaves events that point nowhere (defect D9, docs/mlmd-compatibility.md).
        if (!artifacts.Exists(connection, artifactId))
            throw StoreStatus.InvalidArgument($"There is no artifact with the artifact_id {artifactId} of an event.");
        if (!executions.Exists(connection, executionId))
            throw StoreStatus.InvalidArgument($"There is no execution with the execution_id {executionId} of an event.");
        InsertRow(connection, given, artifactId, executionId);
        InsertPath(connection, given, connection.LastInsertedId);
    }

    private void InsertRow(StoreConnection connection, Event given, long artifactId, long executionId)
    {
        var time = given.HasMillisecondsSinceEpoch ? given.MillisecondsSinceEpoch : clock.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            connection.Prepare("INSERT INTO Event (artifact_id, execution_id, type, milliseconds_since_epoch) VALUES (?, ?, ?, ?)")
                .Bind(artifactId).Bind(executionId).Bind((long)given.Type).Bind(time).Run();
        }
        catch (SqliteException failure) when (failure.IsUniquenessViolation())
        {
            throw StoreStatus.AlreadyExists(
                $"There is an event of type {given.Type} between artifact {artifactId} and execution {executionId}.");
        }
    }

    private static void InsertPath(StoreConnection connection, Event given, long eventId)
    {
        if (given.Path is null)
            return;
        const string Insert = "INSERT INTO EventPath (event_id, is_index_step, step_index, step_key) VALUES (?, ?, ?, ?)";
        foreach (var step in given.Path.Steps)
            switch (step.ValueCase)
            {
                case Event.Types.Path.Types.Step.ValueOneofCase.Index:
                    connection.Prepare(Insert).Bind(eventId).Bind(1).Bind(step.Index).BindNull().Run();
                    break;
                case Event.Types.Path.Types.Step.ValueOneofCase.Key:
                    StoredText.Check(step.Key, "path step");
                    connection.Prepare(Insert).Bind(eventId).Bind(0).BindNull().Bind(step.Key).Run();
                    break;
                default:
                    // MLMD drops a step with neither.
                    break;
            }
    }
}
