using MetadataGateway.Filtering;
using MetadataGateway.Http;
using MlMetadata;

namespace MetadataGateway.LabelledContexts;

/// <summary>The fields of a workspace, a run or any other context as a filter sees them. A run without a context has neither id nor times.</summary>
internal static class LabelledContextFilter
{
    public static object? ValueOf(Context node, FilterField field, string name) => field.Name switch
    {
        "labels" => FilterValues.Of(node.GetLabels()[field.Member!]),
        "id" => node.HasId ? node.Id : null,
        "name" => name,
        "description" => node.GetDescription(),
        "createTime" => !node.HasId ? null : TimestampConverter.FromMilliseconds(node.CreateTimeSinceEpoch),
        "updateTime" => !node.HasId ? null : TimestampConverter.FromMilliseconds(node.LastUpdateTimeSinceEpoch),
        _ => throw new ArgumentException($"A context has no field '{field.Name}'."),
    };
}
