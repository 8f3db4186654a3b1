using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

/// <summary>The common filters go through MLMD's indexes, and none of them through a whole table once per node.</summary>
public sealed class FilterPlanTests
{
    [Theory]
    [InlineData("id = 1", "SEARCH node USING INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData("id IN (1, 2)", "SEARCH node USING INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData("uri = 'u'", "SEARCH node USING INDEX idx_artifact_uri (uri=?")]
    [InlineData("external_id = 'e'", "SEARCH node USING INDEX sqlite_autoindex_Artifact_1 (external_id=?)")]
    [InlineData("name = 'n'", "SEARCH node USING INDEX sqlite_autoindex_Artifact_2 (type_id=? AND name=?")]
    [InlineData("type = 't' AND name = 'n'", "SEARCH node USING INDEX sqlite_autoindex_Artifact_2 (type_id=? AND name=?")]
    [InlineData("type = 't'", "SEARCH node USING INTEGER PRIMARY KEY (rowid>?)")]
    [InlineData(
        "properties.p.int_value = 1",
        "SEARCH n0 USING INDEX idx_artifact_property_int (name=? AND is_custom_property=? AND int_value=?)")]
    [InlineData(
        "custom_properties.p.string_value IN ('a', 'b')",
        "SEARCH n0 USING INDEX idx_artifact_property_string (name=? AND is_custom_property=? AND string_value=?)")]
    [InlineData(
        "properties.p.double_value = 1",
        "SEARCH n0 USING INDEX idx_artifact_property_double (name=? AND is_custom_property=? AND double_value=?)")]
    [InlineData("contexts_a.name = 'n'", "SEARCH n0 USING COVERING INDEX sqlite_autoindex_Context_2 (type_id=? AND name=?)")]
    [InlineData("contexts_a.id = 1", "SEARCH e0 USING COVERING INDEX sqlite_autoindex_Attribution_1 (context_id=?)")]
    [InlineData("events_a.execution_id = 1", "SEARCH n0 USING INDEX idx_event_execution_id (execution_id=?)")]
    [InlineData("events_a.type = INPUT", "SEARCH n0 EXISTS USING COVERING INDEX sqlite_autoindex_Event_1 (artifact_id=?)")]
    public void Plan_OfCommonFilter_StartsFromTheIndexThatFits(string filterQuery, string search)
    {
        using var database = new FilterDatabase();

        var plan = database.Plan(NodeKind.Artifact, filterQuery);

        Assert.Contains(search, plan);
    }

    [Theory]
    [InlineData("contexts_a.name != 'n'")]
    [InlineData("contexts_a.name = 'n' OR id = 6")]
    [InlineData("NOT (contexts_a.type = 't' AND name LIKE 'a%')")]
    [InlineData("properties.a.int_value = 1 OR properties.b.int_value = 2")]
    [InlineData("events_a.milliseconds_since_epoch > 1 AND properties.a.bool_value")]
    public void Plan_OfOtherFilter_ScansNoTableForEachNode(string filterQuery)
    {
        using var database = new FilterDatabase();

        var plan = database.Plan(NodeKind.Artifact, filterQuery).Split('\n');

        var correlated = plan.SkipWhile(line => !line.StartsWith("CORRELATED", StringComparison.Ordinal));
        Assert.DoesNotContain(correlated, line => line.StartsWith("SCAN", StringComparison.Ordinal));
    }
}
