using MetadataGateway.Filtering;

namespace MetadataGateway.LabelledContexts;

/// <summary>
/// Where MLMD keeps the fields of a workspace, a run or any other context. Labels are one JSON text, which no filter reaches into, and a property called
/// description is one that upstream takes for a column.
/// </summary>
/// <param name="StoredName">The context's name for one that the API shows; null when they are the same.</param>
internal sealed record LabelledContextColumns(Func<string, string>? StoredName = null)
{
    public IReadOnlyList<FilterColumn> Of(FilterField field) => field.Name switch
    {
        "id" => [new IdColumn()],
        "createTime" => [new TimeColumn("create_time_since_epoch")],
        "updateTime" => [new TimeColumn("last_update_time_since_epoch")],
        "name" => [new TextColumn("name", Stored: StoredName)],
        _ => [],
    };
}
