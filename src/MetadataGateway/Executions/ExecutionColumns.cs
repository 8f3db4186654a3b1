using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Executions;

/// <summary>Where MLMD keeps an execution's fields.</summary>
internal static class ExecutionColumns
{
    private static readonly EnumColumn State = new(
        "last_known_state", new HashSet<string> { "UNKNOWN", "NEW", "RUNNING", "COMPLETE", "FAILED", "CACHED", "CANCELED" });

    private static readonly IReadOnlyList<FilterColumn> Name =
        [Text("properties", "name"), Text("custom_properties", "name"), Text("custom_properties", "display_name"), Text("custom_properties", "task_name")];

    private static readonly IReadOnlyList<FilterColumn> Description = [Text("properties", "description"), Text("custom_properties", "description")];

    public static IReadOnlyList<FilterColumn> Of(FilterField field) => field.Name switch
    {
        "id" => [new IdColumn()],
        "createTime" => [new TimeColumn("create_time_since_epoch")],
        "updateTime" => [new TimeColumn("last_update_time_since_epoch")],
        "type" => [new TextColumn("type")],
        "state" => [State],
        "externalId" => [new TextColumn("external_id")],
        "name" => Name,
        "description" => Description,
        "run" => [Text("custom_properties", KubeflowPropertyNames.Run)],
        "properties" => PropertyColumn.Of("properties", field.Member!) is { } column ? [column] : [],
        "customProperties" => PropertyColumn.Of("custom_properties", field.Member!) is { } column ? [column] : [],
        _ => [],
    };

    /// <summary>What MLMD can select of the executions of a run; null when its name is one that MLMD's filter misreads.</summary>
    public static string? OfRun(string run) =>
        StoreFilterText.Literal(run) is { } literal ? $"custom_properties.{KubeflowPropertyNames.Run}.string_value = {literal}" : null;

    private static TextColumn Text(string map, string name) => new($"{map}.{name}.string_value", $"{map}.{name}");
}
