using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.StoreContract.Tests.Hosting;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.StoreContract.Tests.Files;

/// <summary>Rows are written as MLMD reads them, and read as MLMD, and others who know its format, may have written them.</summary>
[Trait("Category", "StoreContract")]
public sealed class StoredRowTests
{
    private static readonly Dictionary<string, Value> Values = new()
    {
        ["int"] = new Value { IntValue = long.MinValue },
        ["double"] = new Value { DoubleValue = 1e-7 },
        ["string"] = new Value { StringValue = "ä" },
        ["struct"] = new Value { StructValue = Struct.Parser.ParseJson("""{"a": [1, null, {"b": "c"}]}""") },
        ["proto"] = new Value { ProtoValue = Any.Pack(new StringValue { Value = "packed" }) },
        ["bool"] = new Value { BoolValue = false },
    };

    public static TheoryData<string, string, string> Columns => new()
    {
        { "int", "int_value", "integer|-9223372036854775808" },
        { "double", "double_value", "real|1E-07" },
        { "string", "string_value", "text|ä" },
        { "struct", "string_value", $"text|mlmd-struct::{Convert.ToBase64String(Values["struct"].StructValue.ToByteArray())}" },
        { "proto", "proto_value", $"text|{Convert.ToBase64String(Values["proto"].ProtoValue.ToByteArray())}" },
        { "bool", "bool_value", "integer|0" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Put_ValueOfEachKind_FillsOneColumnInBothMaps(string kind, string column, string stored)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StoreServer.Start(folder.File("metadata.db"));
        var value = Values[kind];

        var id = await PutArtifact(server, value);

        Assert.Equal(
            [$"0|{stored}|1", $"1|{stored}|1"],
            Database.Texts(folder.File("metadata.db"), $"""
                SELECT is_custom_property, typeof({column}), {column}, (int_value IS NOT NULL) + (double_value IS NOT NULL)
                  + (string_value IS NOT NULL) + (byte_value IS NOT NULL) + (proto_value IS NOT NULL) + (bool_value IS NOT NULL)
                FROM ArtifactProperty WHERE artifact_id = {id} ORDER BY is_custom_property
                """));
        var read = (await server.Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { id } })).Artifacts.Single();
        Assert.Equal(value, read.Properties["p"]);
        Assert.Equal(value, read.CustomProperties["p"]);
    }

    [Fact]
    public async Task Get_RowsAsOthersMayLeaveThem_AreRead()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StoreServer.Start(folder.File("metadata.db"));
        var id = await PutArtifact(server, Values["int"]);
        var context = await PutContext(server);
        var any = Convert.ToBase64String(Values["proto"].ProtoValue.ToByteArray());
        Database.Execute(folder.File("metadata.db"), $"""
            DELETE FROM ArtifactProperty;
            UPDATE Artifact SET uri = NULL, create_time_since_epoch = 0;
            INSERT INTO ArtifactProperty (artifact_id, name, is_custom_property, proto_value) VALUES ({id}, 'blob', 1, CAST('{any}' AS BLOB));
            INSERT INTO ArtifactProperty (artifact_id, name, is_custom_property, int_value, string_value) VALUES ({id}, 'two', 1, 7, 'x');
            INSERT INTO ArtifactProperty (artifact_id, name, is_custom_property) VALUES ({id}, 'none', 1);
            INSERT INTO ArtifactProperty (artifact_id, name, is_custom_property, string_value) VALUES ({id}, 'no struct', 1, 'mlmd-struct::%');
            INSERT INTO Event (artifact_id, execution_id, type) VALUES ({id}, 99, 3);
            INSERT INTO Attribution (context_id, artifact_id) VALUES ({context}, {id}), ({context}, -1), ({context}, 98), (97, {id});
            """);

        var artifact = (await server.Client.GetArtifactsByContextAsync(new GetArtifactsByContextRequest { ContextId = context })).Artifacts.Single();
        var contexts = await server.Client.GetContextsByArtifactAsync(new GetContextsByArtifactRequest { ArtifactId = id });
        var read = (await server.Client.GetEventsByArtifactIDsAsync(new GetEventsByArtifactIDsRequest { ArtifactIds = { id } })).Events.Single();

        Assert.False(artifact.HasUri);
        Assert.Equal(0, artifact.CreateTimeSinceEpoch);
        Assert.Equal(["blob", "no struct", "two"], artifact.CustomProperties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Values["proto"], artifact.CustomProperties["blob"]);
        Assert.Equal(7, artifact.CustomProperties["two"].IntValue);
        Assert.Equal("mlmd-struct::%", artifact.CustomProperties["no struct"].StringValue);
        Assert.Equal([context], contexts.Contexts.Select(found => found.Id));
        Assert.False(read.HasMillisecondsSinceEpoch);
    }

    private static async Task<long> PutArtifact(StoreServer server, Value value)
    {
        var type = new ArtifactType { Name = "T", Properties = { ["p"] = Kind(value) } };
        var typeId = (await server.Client.PutArtifactTypeAsync(new PutArtifactTypeRequest { ArtifactType = type })).TypeId;
        var artifact = new Artifact { TypeId = typeId, Properties = { ["p"] = value }, CustomProperties = { ["p"] = value } };
        return (await server.Client.PutArtifactsAsync(new PutArtifactsRequest { Artifacts = { artifact } })).ArtifactIds.Single();
    }

    private static async Task<long> PutContext(StoreServer server)
    {
        var type = new ContextType { Name = "C" };
        var typeId = (await server.Client.PutContextTypeAsync(new PutContextTypeRequest { ContextType = type })).TypeId;
        var context = new Context { TypeId = typeId, Name = "c" };
        return (await server.Client.PutContextsAsync(new PutContextsRequest { Contexts = { context } })).ContextIds.Single();
    }

    private static PropertyType Kind(Value value) => value.ValueCase switch
    {
        Value.ValueOneofCase.IntValue => PropertyType.Int,
        Value.ValueOneofCase.DoubleValue => PropertyType.Double,
        Value.ValueOneofCase.StringValue => PropertyType.String,
        Value.ValueOneofCase.StructValue => PropertyType.Struct,
        Value.ValueOneofCase.ProtoValue => PropertyType.Proto,
        _ => PropertyType.Boolean,
    };
}
