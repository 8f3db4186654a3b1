using Grpc.Core;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

public sealed class FilterAttributeTests
{
    private static readonly string[] Common =
    [
        "id", "type_id", "type", "name", "external_id", "create_time_since_epoch", "last_update_time_since_epoch",
        "properties.p.int_value", "properties.p.double_value", "properties.p.string_value", "properties.p.bool_value",
        "custom_properties.p.int_value", "custom_properties.p.double_value", "custom_properties.p.string_value",
        "custom_properties.p.bool_value",
    ];

    private static readonly string[] OfNeighbours = ["id", "name", "type", "create_time_since_epoch", "last_update_time_since_epoch"];

    private static readonly Dictionary<NodeKind, string[]> Attributes = new()
    {
        [NodeKind.Artifact] =
        [
            .. Common, "uri", "state", .. OfNeighbour("contexts_a"),
            "events_a.type", "events_a.milliseconds_since_epoch", "events_a.execution_id",
        ],
        [NodeKind.Execution] =
        [
            .. Common, "last_known_state", .. OfNeighbour("contexts_a"),
            "events_a.type", "events_a.milliseconds_since_epoch", "events_a.artifact_id",
        ],
        [NodeKind.Context] =
        [
            .. Common, .. OfNeighbour("parent_contexts_a"), .. OfNeighbour("child_contexts_a"),
            .. OfNeighbour("artifacts_a"), "artifacts_a.uri", "artifacts_a.state", "artifacts_a.external_id",
            .. OfNeighbour("executions_a"), "executions_a.last_known_state", "executions_a.external_id",
        ],
    };

    private static readonly string[] Unknown =
    [
        "nosuch", "version", "description", "properties", "properties.p", "properties.p.value", "properties.p.struct_value",
        "properties.p.q.int_value", "contexts.name", "contexts_.name", "contexts_a", "contexts_a.uri", "contexts_a.external_id",
        "contexts_a.type_id", "events_a.path", "events_a.id", "artifacts_a.type_id", "parent_contexts_a.external_id",
        "contexts_a.properties.p.int_value",
    ];

    public static TheoryData<string, bool, string> Cases()
    {
        var cases = new TheoryData<string, bool, string>();
        var all = Attributes.Values.SelectMany(attributes => attributes).Concat(Unknown).Distinct().ToList();
        foreach (var (kind, known) in Attributes)
            foreach (var attribute in all)
                cases.Add(kind.ToString(), known.Contains(attribute), attribute);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compile_Attribute_IsKnownToItsKindsOfNodeOnly(string kind, bool isKnown, string attribute)
    {
        using var database = new FilterDatabase();

        var fault = Record.Exception(() => database.Match(Enum.Parse<NodeKind>(kind), $"{attribute} IS NOT NULL"));

        Assert.Equal(isKnown ? null : StatusCode.InvalidArgument, (fault as RpcException)?.StatusCode);
        Assert.True(fault is null or RpcException);
    }

    private static string[] OfNeighbour(string neighbour) => Array.ConvertAll(OfNeighbours, attribute => $"{neighbour}.{attribute}");
}
