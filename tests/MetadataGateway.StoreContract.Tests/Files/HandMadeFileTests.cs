using MetadataGateway.StoreContract.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Files;

/// <summary>A file made row by row from the description of MLMD's format, with simple types under other ids, opens and reads back.</summary>
[Trait("Category", "StoreContract")]
public sealed class HandMadeFileTests
{
    private const string PropertyColumns =
        "name VARCHAR(255) NOT NULL, is_custom_property TINYINT(1) NOT NULL, int_value INT, double_value DOUBLE, string_value TEXT, "
        + "byte_value BLOB, proto_value BLOB, bool_value BOOLEAN";

    private const string Times =
        "create_time_since_epoch INT NOT NULL DEFAULT 0, last_update_time_since_epoch INT NOT NULL DEFAULT 0, UNIQUE(type_id, name)";

    private const string Script = $"""
        CREATE TABLE MLMDEnv (schema_version INTEGER PRIMARY KEY);
        INSERT INTO MLMDEnv VALUES (10);
        CREATE TABLE Type (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255) NOT NULL, version VARCHAR(255), type_kind TINYINT(1) NOT NULL,
          description TEXT, input_type TEXT, output_type TEXT, external_id VARCHAR(255) UNIQUE);
        CREATE TABLE TypeProperty (type_id INT NOT NULL, name VARCHAR(255) NOT NULL, data_type INT NULL, PRIMARY KEY (type_id, name));
        CREATE TABLE ParentType (type_id INT NOT NULL, parent_type_id INT NOT NULL, PRIMARY KEY (type_id, parent_type_id));
        CREATE TABLE Artifact (id INTEGER PRIMARY KEY AUTOINCREMENT, type_id INT NOT NULL, uri TEXT, state INT, name VARCHAR(255),
          external_id VARCHAR(255) UNIQUE, {Times});
        CREATE TABLE ArtifactProperty (artifact_id INT NOT NULL, {PropertyColumns}, PRIMARY KEY (artifact_id, name, is_custom_property));
        CREATE TABLE Execution (id INTEGER PRIMARY KEY AUTOINCREMENT, type_id INT NOT NULL, last_known_state INT, name VARCHAR(255),
          external_id VARCHAR(255) UNIQUE, {Times});
        CREATE TABLE ExecutionProperty (execution_id INT NOT NULL, {PropertyColumns}, PRIMARY KEY (execution_id, name, is_custom_property));
        CREATE TABLE Context (id INTEGER PRIMARY KEY AUTOINCREMENT, type_id INT NOT NULL, name VARCHAR(255) NOT NULL,
          external_id VARCHAR(255) UNIQUE, {Times});
        CREATE TABLE ContextProperty (context_id INT NOT NULL, {PropertyColumns}, PRIMARY KEY (context_id, name, is_custom_property));
        CREATE TABLE ParentContext (context_id INT NOT NULL, parent_context_id INT NOT NULL, PRIMARY KEY (context_id, parent_context_id));
        CREATE TABLE Event (id INTEGER PRIMARY KEY AUTOINCREMENT, artifact_id INT NOT NULL, execution_id INT NOT NULL, type INT NOT NULL,
          milliseconds_since_epoch INT, UNIQUE(artifact_id, execution_id, type));
        CREATE TABLE EventPath (event_id INT NOT NULL, is_index_step TINYINT(1) NOT NULL, step_index INT, step_key TEXT);
        CREATE TABLE Association (id INTEGER PRIMARY KEY AUTOINCREMENT, context_id INT NOT NULL, execution_id INT NOT NULL,
          UNIQUE(context_id, execution_id));
        CREATE TABLE Attribution (id INTEGER PRIMARY KEY AUTOINCREMENT, context_id INT NOT NULL, artifact_id INT NOT NULL,
          UNIQUE(context_id, artifact_id));

        INSERT INTO Type (id, name, version, type_kind, description) VALUES (3, 'Data', 'v1', 1, ''), (4, 'Work', NULL, 0, NULL);
        INSERT INTO Type (id, name, type_kind) VALUES (7, 'mlmd.Dataset', 1), (8, 'Group', 2);
        INSERT INTO ParentType VALUES (3, 7);
        INSERT INTO TypeProperty VALUES (3, 'rows', 1), (3, 'odd', NULL);
        INSERT INTO Artifact VALUES (5, 3, 'x:/data', 2, 'd', 'ext', 11, 12);
        INSERT INTO ArtifactProperty (artifact_id, name, is_custom_property, int_value) VALUES (5, 'rows', 0, 42);
        INSERT INTO Execution (id, type_id, create_time_since_epoch, last_update_time_since_epoch) VALUES (6, 4, 13, 14);
        INSERT INTO Context (id, type_id, name) VALUES (2, 8, 'g'), (9, 8, 'h');
        INSERT INTO ParentContext VALUES (9, 2);
        INSERT INTO Event VALUES (20, 5, 6, 3, 15);
        INSERT INTO EventPath VALUES (20, 0, NULL, 'k'), (20, 1, -1, NULL);
        INSERT INTO Association VALUES (1, 2, 6);
        INSERT INTO Attribution VALUES (1, 2, 5);
        """;

    [Fact]
    public async Task Read_HandMadeFile_ReturnsItsRows()
    {
        using var folder = new TemporaryFolder();
        Database.Execute(folder.File("metadata.db"), Script);
        await using var server = await StoreServer.Start(folder.File("metadata.db"));

        var type = (await server.Client.GetArtifactTypeAsync(new GetArtifactTypeRequest { TypeName = "Data", TypeVersion = "v1" })).ArtifactType;
        var artifact = (await server.Client.GetArtifactsAsync(new GetArtifactsRequest())).Artifacts.Single();
        var execution = (await server.Client.GetExecutionsAsync(new GetExecutionsRequest())).Executions.Single();
        var parent = (await server.Client.GetParentContextsByContextAsync(new GetParentContextsByContextRequest { ContextId = 9 })).Contexts.Single();
        var read = (await server.Client.GetEventsByExecutionIDsAsync(new GetEventsByExecutionIDsRequest { ExecutionIds = { 6 } })).Events.Single();

        Assert.Equal(ArtifactType.Types.SystemDefinedBaseType.Dataset, type.BaseType);
        Assert.Equal(PropertyType.Unknown, type.Properties["odd"]);
        Assert.Equal(
            new Artifact
            {
                Id = 5,
                TypeId = 3,
                Type = "Data",
                Uri = "x:/data",
                State = Artifact.Types.State.Live,
                Name = "d",
                ExternalId = "ext",
                CreateTimeSinceEpoch = 11,
                LastUpdateTimeSinceEpoch = 12,
                Properties = { ["rows"] = new Value { IntValue = 42 } },
            },
            artifact);
        Assert.Equal(14, execution.LastUpdateTimeSinceEpoch);
        Assert.Equal("g", parent.Name);
        Assert.Equal("k", read.Path.Steps[0].Key);
        Assert.Equal(-1, read.Path.Steps[1].Index);
    }

    [Fact]
    public async Task Open_HandMadeFile_GetsTheMissingSimpleTypesOnly()
    {
        using var folder = new TemporaryFolder();
        Database.Execute(folder.File("metadata.db"), Script);

        await using (await StoreServer.Start(folder.File("metadata.db")))
        {
        }

        Assert.Equal(
            ["7|mlmd.Dataset", "9|mlmd.Model", "10|mlmd.Metrics"],
            Database.Texts(folder.File("metadata.db"), "SELECT id, name FROM Type WHERE name LIKE 'mlmd.%' ORDER BY id LIMIT 3"));
    }
}
