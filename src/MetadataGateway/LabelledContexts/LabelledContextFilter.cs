using MetadataGateway.Filtering;
using MetadataGateway.Http;
using MlMetadata;

namespace MetadataGateway.LabelledContexts;

/// <summary>The fields of a workspace, a run or any other context as a filter sees them.</summary>
internal static class LabelledContextFilter
{
    public static object? ValueOf(Context node, FilterField field, string name) => field.Name switch
    {
        "labels" => FilterValues.Of(node.GetLabels()[field.Member!]),
        "id" => node.Id,
        "name" => name,
        "description" => node.GetDescription(),
        "createTime" => TimestampConverter.FromMilliseconds(node.CreateTimeSinceEpoch),
        "updateTime" => TimestampConverter.FromMilliseconds(node.LastUpdateTimeSinceEpoch),
        _ => throw new ArgumentException($"A context has no field '{field.Name}'."),
    };
}
