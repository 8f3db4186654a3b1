using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Executions;

/// <summary>
/// Where MLMD keeps an execution's fields. Name and description are properties of these names, which upstream takes for its columns (defect D15
/// (docs/mlmd-compatibility.md)), so those are left to the gateway.
/// </summary>
internal static class ExecutionColumns
{
    private const string Run = $"custom_properties.{KubeflowPropertyNames.Run}";

    private static readonly EnumColumn State = new(
        "last_known_state", new HashSet<string> { "UNKNOWN", "NEW", "RUNNING", "COMPLETE", "FAILED", "CACHED", "CANCELED" });

    public static IReadOnlyList<FilterColumn> Of(FilterField field) => field.Name switch
    {
        "id" => [new IdColumn()],
        "createTime" => [new TimeColumn("create_time_since_epoch")],
        "updateTime" => [new TimeColumn("last_update_time_since_epoch")],
        "type" => [new TextColumn("type")],
        "state" => [State],
        "externalId" => [new TextColumn("external_id")],
        "run" => [new TextColumn($"{Run}.string_value", Run)],
        "properties" => PropertyColumn.Of("properties", field.Member!) is { } column ? [column] : [],
        "customProperties" => PropertyColumn.Of("custom_properties", field.Member!) is { } column ? [column] : [],
        _ => [],
    };

    /// <summary>What MLMD can select of the executions of a run; null when its name is one that MLMD's filter misreads.</summary>
    public static string? OfRun(string run) =>
        StoreFilterText.Literal(run) is { } literal ? $"{Run}.string_value = {literal}" : null;
}
