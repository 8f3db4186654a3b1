using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

public sealed class FilterMeaningTests : IDisposable
{
    private readonly FilterDatabase database = new();

    public FilterMeaningTests()
    {
        database.Execute("""
            INSERT INTO Type(id, name, type_kind) VALUES (10, 'Art', 1), (11, 'Other', 1), (12, 'Exec', 0), (13, 'Ctx', 2), (14, 'Sub', 2);
            INSERT INTO Artifact(id, type_id, uri, state, name, external_id) VALUES
              (1, 10, 'one', 2, 'a1', 'e1'), (2, 10, 'two', 1, 'a2', NULL), (3, 10, 'ONE', NULL, 'a3', 'e3'), (4, 11, '', 5, 'a1', NULL),
              (5, 0, 'uri', 0, 'name', NULL);
            INSERT INTO ArtifactProperty(artifact_id, name, is_custom_property, int_value, string_value, double_value, bool_value) VALUES
              (1, 'a', 0, 1, NULL, NULL, NULL), (1, 'b', 0, 7, NULL, NULL, NULL),
              (2, 'a', 0, 7, NULL, NULL, NULL), (2, 'b', 0, 2, NULL, NULL, NULL),
              (3, 'a', 0, NULL, '7', NULL, NULL), (3, 'a', 1, 1, NULL, NULL, NULL), (3, 'A', 0, 3, NULL, NULL, NULL),
              (4, 'big', 0, 9007199254740993, NULL, NULL, NULL), (4, 'x.y z', 1, NULL, NULL, 0.5, NULL), (4, 'yes', 0, NULL, NULL, NULL, 1);
            INSERT INTO Execution(id, type_id, name) VALUES (1, 12, 'x1'), (2, 12, 'x2');
            INSERT INTO Context(id, type_id, name) VALUES (1, 13, 'c1'), (2, 13, 'c2'), (3, 14, 's1');
            INSERT INTO Attribution(context_id, artifact_id) VALUES (1, 1), (1, 2), (2, 2), (3, 3), (99, 4), (1, -1);
            INSERT INTO Association(context_id, execution_id) VALUES (1, 1), (2, 2);
            INSERT INTO ParentContext(context_id, parent_context_id) VALUES (3, 1), (3, 2);
            INSERT INTO Event(artifact_id, execution_id, type, milliseconds_since_epoch) VALUES (1, 1, 3, 10), (2, 1, 4, 20), (2, 2, 3, 30);
            """);
    }

    public static TheoryData<string, long[]> OfArtifacts() => new()
    {
        // Each mentioned neighbour must exist.
        { "properties.a.int_value = 1 OR properties.b.int_value = 2", [1, 2] },
        { "properties.a.int_value = 1 OR properties.nosuch.int_value = 2", [] },
        { "properties.a.int_value IS NULL", [3] },
        { "NOT (properties.a.int_value = 1)", [2] },
        { "contexts_a.name = 'c1' OR id = 4", [1, 2] },
        { "contexts_a.id IS NULL", [] },
        { "NOT contexts_a.id = 99", [1, 2, 3] },

        // One alias is one element; each node comes once.
        { "contexts_a.name = 'c1' AND contexts_a.name = 'c2'", [] },
        { "contexts_a.name = 'c1' AND contexts_b.name = 'c2'", [2] },
        { "contexts_a.name = 'c1' AND contexts_b.name = 'c1'", [1, 2] },
        { "contexts_a.name = 'c1' AND contexts_A.name = 'c2'", [2] },
        { "contexts_a.name != 'c1'", [2, 3] },
        { "contexts_a.id > 0", [1, 2, 3] },
        { "contexts_a.id < contexts_b.id", [2] },
        { "contexts_a.id = id", [1, 2, 3] },
        { "contexts_a.name = 'c1' AND contexts_a.id < id", [2] },
        { "events_a.type = INPUT AND events_b.type = OUTPUT", [2] },
        { "events_a.type = INPUT AND events_a.execution_id = 1", [1] },
        { "events_a.milliseconds_since_epoch / 20 = 0.5", [1] },

        // NULL, and the enumerations' exception from its rule.
        { "external_id != 'e1'", [3] },
        { "external_id NOT IN ('e1', NULL)", [] },
        { "NOT external_id IS NULL", [1, 3] },
        { "state != LIVE", [2, 3, 4, 5] },
        { "state NOT IN (LIVE, PENDING)", [3, 4, 5] },
        { "NOT (state = LIVE)", [2, 4, 5] },
        { "NOT (state != LIVE)", [1] },
        { "(state = LIVE) IS NOT TRUE", [2, 3, 4, 5] },
        { "(external_id = 'e1') IS NULL", [2, 4, 5] },

        // Names are exact, LIKE is not.
        { "properties.A.int_value = 3", [3] },
        { "properties.a.int_value = 7 OR properties.a.string_value = '7'", [2, 3] },
        { "custom_properties.a.int_value = 1", [3] },
        { "custom_properties.`x.y z`.double_value < 1", [4] },
        { "properties.yes.bool_value", [4] },
        { "properties.yes.bool_value = FALSE", [] },
        { "uri = 'one'", [1] },
        { "uri LIKE 'o_E'", [1, 3] },
        { "uri LIKE r'o\\_e'", [] },
        { "uri = 'uri' AND name = 'name'", [5] },
        { "name = 'uri'", [] },

        // Types; an artifact whose type is gone has none.
        { "type = 'Art'", [1, 2, 3] },
        { "type != 'Art'", [4] },
        { "NOT (type = 'Art')", [4] },
        { "type IN ('Art', 'Other') AND name = 'a1'", [1, 4] },
        { "type IS NULL", [5] },
        { "type LIKE '%R%'", [1, 2, 3, 4] },
        { "type_id = 0 AND name = 'name'", [5] },
        { "name IN ('a1', 'name')", [1, 4, 5] },

        // Numbers.
        { "properties.big.int_value = 9007199254740993", [4] },
        { "properties.big.int_value = 9007199254740992", [] },
        { "properties.big.int_value = 9007199254740992.0", [4] },
        { "properties.big.int_value < 9223372036854775808", [4] },
        { "id / 2 = 1.5", [3] },
        { "id IN (1.0, 2.5)", [1] },
        { "id BETWEEN 1.5 AND 3", [2, 3] },
        { "-id + 3 * 2 = 2", [4] },
    };

    public static TheoryData<string, long[]> OfContexts() => new()
    {
        { "parent_contexts_a.name = 'c1'", [3] },
        { "parent_contexts_a.id = 1 AND parent_contexts_b.id = 2", [3] },
        { "parent_contexts_a.create_time_since_epoch = 0", [3] },
        { "child_contexts_a.type = 'Sub'", [1, 2] },
        { "artifacts_a.name = 'a1'", [1] },
        { "artifacts_a.state != LIVE", [1, 2, 3] },
        { "artifacts_a.external_id = 'e3'", [3] },
        { "artifacts_a.state = LIVE AND executions_a.name = 'x1'", [1] },
        { "executions_a.id = 2", [2] },
        { "executions_a.last_known_state IS NULL", [1, 2] },
    };

    [Theory]
    [MemberData(nameof(OfArtifacts))]
    public void Match_OfArtifacts_FollowsTheMeaning(string filterQuery, long[] ids)
    {
        var found = database.Match(NodeKind.Artifact, filterQuery);

        Assert.Equal(ids, found);
    }

    [Theory]
    [MemberData(nameof(OfContexts))]
    public void Match_OfContexts_FollowsTheMeaning(string filterQuery, long[] ids)
    {
        var found = database.Match(NodeKind.Context, filterQuery);

        Assert.Equal(ids, found);
    }

    [Theory]
    [InlineData("events_a.artifact_id = 2", new long[] { 1, 2 })]
    [InlineData("contexts_a.name = 'c1' AND events_a.type = OUTPUT", new long[] { 1 })]
    [InlineData("last_known_state != COMPLETE", new long[] { 1, 2 })]
    public void Match_OfExecutions_FollowsTheMeaning(string filterQuery, long[] ids)
    {
        var found = database.Match(NodeKind.Execution, filterQuery);

        Assert.Equal(ids, found);
    }

    public void Dispose() => database.Dispose();
}
