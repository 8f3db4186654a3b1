using MetadataGateway.Filtering;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>An execution's fields as a filter sees them: those of the resource, whoever wrote the record.</summary>
internal static class ExecutionFilter
{
    public static object? ValueOf(Execution node, FilterField field, string? typeVersion, string? workspace) => field.Name switch
    {
        "properties" => ExecutionMapping.IsOwnProperty(node.Type, field.Member!) ? null : FilterValues.Of(node.Properties.GetValueOrDefault(field.Member!)),
        "customProperties" => ExecutionMapping.IsHidden(node, field.Member!) ? null : FilterValues.Of(node.CustomProperties.GetValueOrDefault(field.Member!)),
        "id" => node.Id,
        "name" => node.NameOf(),
        "description" => ExecutionMapping.TextOf(node, "description"),
        "type" => node.HasType ? node.Type : null,
        "typeVersion" => typeVersion,
        "workspace" => node.CustomProperties.GetText(KubeflowPropertyNames.Workspace) ?? workspace,
        "run" => node.CustomProperties.GetText(KubeflowPropertyNames.Run),
        "state" => node.HasLastKnownState ? EnumNames.Of(node.LastKnownState) : null,
        "externalId" => node.HasExternalId ? RecordProperties.PublicExternalId(node.ExternalId) : null,
        "createTime" => TimestampConverter.FromMilliseconds(node.CreateTimeSinceEpoch),
        "updateTime" => TimestampConverter.FromMilliseconds(node.LastUpdateTimeSinceEpoch),
        _ => throw new ArgumentException($"An execution has no field '{field.Name}'."),
    };
}
