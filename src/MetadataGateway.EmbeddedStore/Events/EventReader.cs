using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Events;

/// <summary>Reads events as they are stored, without looking at their ends.</summary>
internal static class EventReader
{
    private const string Select = "SELECT id, artifact_id, execution_id, type, milliseconds_since_epoch FROM Event";

    public static List<Event> OfExecutions(StoreConnection connection, IEnumerable<long> executionIds) => Read(
        connection,
        $"{Select} WHERE execution_id IN (SELECT value FROM json_each(?)) ORDER BY execution_id, id",
        executionIds);

    public static List<Event> OfArtifacts(StoreConnection connection, IEnumerable<long> artifactIds) => Read(
        connection,
        $"{Select} WHERE artifact_id IN (SELECT value FROM json_each(?)) ORDER BY artifact_id, execution_id, type",
        artifactIds);

    /// <summary>The events with these ids of their rows, in the order of the ids.</summary>
    public static IEnumerable<Event> WithIds(StoreConnection connection, IReadOnlyList<long> eventIds)
    {
        var events = ReadRows(connection, $"{Select} WHERE id IN (SELECT value FROM json_each(?))", eventIds)
            .ToDictionary(row => row.Id, row => row.Event);
        return eventIds.Select(id => events[id]);
    }

    private static List<Event> Read(StoreConnection connection, string sql, IEnumerable<long> ids) =>
        ReadRows(connection, sql, ids).ConvertAll(row => row.Event);

    private static List<(long Id, Event Event)> ReadRows(StoreConnection connection, string sql, IEnumerable<long> ids)
    {
        var events = new List<(long Id, Event Event)>();
        using (var rows = connection.Prepare(sql).Bind(JsonList.Of(ids)))
            while (rows.Step())
            {
                var read = new Event { ArtifactId = rows.Int64(1), ExecutionId = rows.Int64(2) };
                if (Enum.IsDefined((Event.Types.Type)rows.Int64(3)))
                    read.Type = (Event.Types.Type)rows.Int64(3);
                if (rows.NullableInt64(4) is { } time)
                    read.MillisecondsSinceEpoch = time;
                events.Add((rows.Int64(0), read));
            }
        if (events.Count > 0)
            AddPaths(connection, events.ToDictionary(row => row.Id, row => row.Event));
        return events;
    }

    private static void AddPaths(StoreConnection connection, Dictionary<long, Event> events)
    {
        // The order of the steps is that of their row ids; the table has no other.
        using var rows = connection.Prepare("""
            SELECT event_id, is_index_step, step_index, step_key FROM EventPath
            WHERE event_id IN (SELECT value FROM json_each(?)) ORDER BY event_id, rowid
            """).Bind(JsonList.Of(events.Keys));
        while (rows.Step())
        {
            var step = new Event.Types.Path.Types.Step();
            if (rows.Int64(1) != 0)
                step.Index = rows.Int64(2);
            else
                step.Key = rows.Text(3) ?? "";
            var read = events[rows.Int64(0)];
            read.Path ??= new Event.Types.Path();
            read.Path.Steps.Add(step);
        }
    }
}
