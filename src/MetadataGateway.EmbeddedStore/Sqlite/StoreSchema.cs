using Grpc.Core;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>Finds out what is in a database file, by the rules with which MLMD opens one, and makes MLMD's tables in an empty one.</summary>
internal static class StoreSchema
{
    public const long Version = 10;

    // MLMD reads these columns before it accepts a file. It does not look at external_id there, but fails without it on the first call.
    private static readonly string[] Probes =
    [
        "SELECT schema_version FROM MLMDEnv LIMIT 1",
        "SELECT id, name, version, type_kind, description, input_type, output_type, external_id FROM Type LIMIT 1",
        "SELECT type_id, name, data_type FROM TypeProperty LIMIT 1",
        "SELECT type_id, parent_type_id FROM ParentType LIMIT 1",
        "SELECT id, type_id, uri, state, name, external_id, create_time_since_epoch, last_update_time_since_epoch FROM Artifact LIMIT 1",
        ProbeProperties("artifact"),
        "SELECT id, type_id, last_known_state, name, external_id, create_time_since_epoch, last_update_time_since_epoch FROM Execution LIMIT 1",
        ProbeProperties("execution"),
        "SELECT id, type_id, name, external_id, create_time_since_epoch, last_update_time_since_epoch FROM Context LIMIT 1",
        ProbeProperties("context"),
        "SELECT context_id, parent_context_id FROM ParentContext LIMIT 1",
        "SELECT id, artifact_id, execution_id, type, milliseconds_since_epoch FROM Event LIMIT 1",
        "SELECT event_id, is_index_step, step_index, step_key FROM EventPath LIMIT 1",
        "SELECT id, context_id, execution_id FROM Association LIMIT 1",
        "SELECT id, context_id, artifact_id FROM Attribution LIMIT 1",
    ];

    // The layout of MLMD 0.13.2, which had no version row.
    private static readonly string[] VersionZeroProbes =
    [
        "SELECT is_artifact_type FROM Type LIMIT 1",
        "SELECT 1 FROM Artifact, Event, Execution, ArtifactProperty, EventPath, ExecutionProperty, TypeProperty LIMIT 1",
    ];

    private const string Tables = """
        'type', 'typeproperty', 'parenttype', 'artifact', 'artifactproperty', 'execution', 'executionproperty', 'event', 'eventpath',
        'mlmdenv', 'context', 'contextproperty', 'parentcontext', 'association', 'attribution'
        """;

    /// <summary>Accepts a file of this version, fills an empty one, refuses every other without changing it.</summary>
    public static void CreateOrCheck(StoreConnection connection)
    {
        if (!Works(connection, "SELECT schema_version FROM MLMDEnv LIMIT 1"))
            CreateIfEmpty(connection);
        else
            Check(connection);
    }

    private static void CreateIfEmpty(StoreConnection connection)
    {
        if (VersionZeroProbes.All(probe => Works(connection, probe)))
            throw OtherVersion(0);
        if (connection.Prepare($"SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) IN ({Tables})").Any())
            throw Refused(StatusCode.Aborted, "has some of MLMD's tables, but not its version table");
        using var script = new StreamReader(typeof(StoreSchema).Assembly.GetManifestResourceStream("schema.sql")!);
        connection.Execute(script.ReadToEnd());
    }

    private static void Check(StoreConnection connection)
    {
        var versions = new List<long>();
        using (var rows = connection.Prepare("SELECT schema_version FROM MLMDEnv LIMIT 2"))
            while (rows.Step())
                versions.Add(rows.Int64(0));
        if (versions.Count == 0)
            throw Refused(StatusCode.Aborted, "has no schema version in its version table");
        if (versions.Count > 1)
            throw Refused(StatusCode.DataLoss, "has more than one schema version in its version table");
        if (versions[0] != Version)
            throw OtherVersion(versions[0]);
        if (!Probes.All(probe => Works(connection, probe)))
            throw Refused(StatusCode.Aborted, $"says schema version {Version}, but a table or a column of it is missing");
    }

    private static bool Works(StoreConnection connection, string probe)
    {
        try
        {
            connection.Prepare(probe).Any();
            return true;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == SqliteCode.Error)
        {
            return false;
        }
    }

    private static string ProbeProperties(string kind) =>
        $"SELECT {kind}_id, name, is_custom_property, int_value, double_value, string_value, byte_value, proto_value, bool_value "
        + $"FROM {kind}Property LIMIT 1";

    private static EmbeddedStoreException OtherVersion(long version) => new(
        StatusCode.FailedPrecondition,
        $"The database is of MLMD's schema version {version}, and the store works on version {Version} only. "
        + (version < Version
            ? $"Let an MLMD server upgrade a copy of it (migration_options.enable_upgrade_migration), or set {EmbeddedStoreOptions.DatabasePathKey} to another file."
            : $"Update the gateway, or set {EmbeddedStoreOptions.DatabasePathKey} to another file."));

    private static EmbeddedStoreException Refused(StatusCode code, string fault) => new(
        code, $"The database {fault}. Restore it from a backup, or set {EmbeddedStoreOptions.DatabasePathKey} to another file.");
}
