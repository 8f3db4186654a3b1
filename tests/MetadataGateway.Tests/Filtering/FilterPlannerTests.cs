using MetadataGateway.Artifacts;
using MetadataGateway.Executions;
using MetadataGateway.Filtering;

namespace MetadataGateway.Tests.Filtering;

/// <summary>What of a filter MLMD is asked to select.</summary>
public sealed class FilterPlannerTests
{
    private static readonly FilterGrammar Artifacts = new(FilterVocabulary.Artifacts);

    [Theory]
    [InlineData("id = 42", "id = 42")]
    [InlineData("id IN ('1', 2) AND uri = 's3://b/m'", "(id = 1 OR id = 2) AND uri = 's3://b/m'")]
    [InlineData("kind = 'dataset'", "type IN ('kubeflow.org/alpha/data_set', 'system.Dataset', 'mlmd.Dataset')")]
    [InlineData("state = 'LIVE' AND state IN ('LIVE', 'PENDING')", "state = LIVE")]
    [InlineData("createTime >= '2026-01-01T00:00:00.0005Z'", "create_time_since_epoch >= 1767225600000")]
    [InlineData("updateTime = '2026-01-01T00:00:00Z'", "last_update_time_since_epoch BETWEEN 1767225600000 AND 1767225600000")]
    [InlineData("externalId IN ('a', 'a')", "external_id IN ('a')")]
    [InlineData("uri LIKE 's3://_/%'", "uri LIKE 's3://%/%'")]
    [InlineData("run = 'r' OR run = 's'", "((custom_properties.__kf_run__.string_value = 'r') OR (custom_properties.__kf_run__.string_value = 's'))")]
    [InlineData("uri = 'u' OR type = 't'", "((uri = 'u') OR (type = 't'))")]
    [InlineData("customProperties.epochs > 7", "(custom_properties.epochs.int_value >= 7 OR custom_properties.epochs.double_value >= 6.999998999993)")]
    [InlineData("customProperties.epochs < 7.5", "(custom_properties.epochs.int_value <= 8 OR custom_properties.epochs.double_value <= 7.5000010000075)")]
    [InlineData("customProperties.`a-b` = 'x' AND properties.flag = TRUE", "custom_properties.`a-b`.string_value = 'x' AND properties.flag.bool_value = TRUE")]
    public void Plan_OfWhatMlmdCanSelect_IsItsFilter(string filter, string expected) => Assert.Equal([expected], Plan(filter).Queries(null));

    [Theory]
    [InlineData("NOT (uri = 'u')")]
    [InlineData("uri != 'u'")]
    [InlineData("uri > 'u'")]
    [InlineData("uri IS NULL")]
    [InlineData("uri ILIKE 'u%'")]
    [InlineData("uri LIKE '100\\%%'")]
    [InlineData("uri = 'it''s'")]
    [InlineData("uri = 'say \"x\"'")]
    [InlineData("uri = 'a\\b'")]
    [InlineData("uri = 'a\nb'")]
    [InlineData("uri = 'name'")]
    [InlineData("uri = 'URI'")]
    [InlineData("uri = 's3://b?state=LIVE'")]
    [InlineData("uri = 'properties.a.int_value'")]
    [InlineData("kind = 'artifact'")]
    [InlineData("kind = 'nothing'")]
    [InlineData("state = 'ABANDONED'")]
    [InlineData("name = 'only in __ALL_META__, perhaps'")]
    [InlineData("labels.team = 'vision'")]
    [InlineData("customProperties.Team = 'x'")]
    [InlineData("customProperties.name = 'x'")]
    [InlineData("customProperties.x = 1e20")]
    [InlineData("customProperties.x = 'a' OR customProperties.y = 'a'")]
    [InlineData("customProperties.x = 'a' OR uri = 'u'")]
    [InlineData("name = 'a' OR uri = 'u'")]
    public void Plan_OfWhatAServerMisreads_IsLeftToTheGateway(string filter) => Assert.Equal([""], Plan(filter).Queries(null));

    [Fact]
    public void Plan_OfMembersThatAreSearchable_AsksEachPlaceThatMayHoldThem()
    {
        var plan = FilterPlanner.Plan(
            Artifacts.Parse("labels.Team = 'vision' AND values.accuracy >= 0.9 AND uri = 'u'"), new ArtifactColumns(MembersCheckedUpTo: 1767225600000).Of);

        Assert.Equal(
            [
                "uri = 'u' AND custom_properties.`labels.-team`.string_value = 'vision' AND id > 5",
                "uri = 'u' AND custom_properties.`metadata-gateway/labels`.string_value IS NOT NULL AND id > 5",
                "uri = 'u' AND last_update_time_since_epoch > 1767225600000 AND id > 5",
            ],
            plan.Queries("id > 5"));
    }

    [Fact]
    public void Plan_OfTwoPlans_KeepsTheConditionsOfBoth() => Assert.Equal(
        ["name LIKE '7/%' AND last_known_state = RUNNING"],
        FilterPlan.Of("name LIKE '7/%'", null).And(FilterPlanner.Plan(new FilterGrammar(FilterVocabulary.Executions).Parse("state = 'RUNNING'"), ExecutionColumns.Of)).Queries(null));

    private static FilterPlan Plan(string filter) => FilterPlanner.Plan(Artifacts.Parse(filter), new ArtifactColumns(MembersCheckedUpTo: null).Of);
}
