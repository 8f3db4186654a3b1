using System.Text.Json.Nodes;
using MetadataGateway.Filtering;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>An artifact's fields as a filter sees them: those of the resource, whoever wrote the record.</summary>
internal static class ArtifactFilter
{
    public static object? ValueOf(Artifact node, FilterField field, string? typeVersion, string? workspace)
    {
        var record = ArtifactRecord.Of(node);
        if (ArtifactFields.IsOfAnotherKind(field.Name, ArtifactKinds.OfType(node.Type)))
        {
            // Another kind's: the API does not show it of this one, whatever the record holds.
            return null;
        }

        if (field.Member is { } member)
        {
            return field.Name switch
            {
                "properties" => record.GetProperties()?.ContainsKey(member) == true ? FilterValues.Of(node.Properties.GetValueOrDefault(member)) : null,
                "customProperties" => record.IsHidden(member) ? null : FilterValues.Of(node.CustomProperties.GetValueOrDefault(member)),
                _ => record.GetObject(field.Name) is JsonObject members ? FilterValues.Of(members[member]) : null,
            };
        }

        return field.Name switch
        {
            "id" => node.Id,
            "kind" => ArtifactKinds.OfType(node.Type).ToApiName(),
            "type" => node.HasType ? node.Type : null,
            "typeVersion" => typeVersion,
            "uri" => record.Uri,
            "state" => node.HasState ? EnumNames.Of(node.State) : null,
            "externalId" => node.HasExternalId ? RecordProperties.PublicExternalId(node.ExternalId) : null,
            "workspace" => node.CustomProperties.GetText(KubeflowPropertyNames.Workspace) ?? workspace,
            "run" => node.CustomProperties.GetText(KubeflowPropertyNames.Run),
            "createTime" => TimestampConverter.FromMilliseconds(node.CreateTimeSinceEpoch),
            "updateTime" => TimestampConverter.FromMilliseconds(node.LastUpdateTimeSinceEpoch),
            _ => record.GetText(field.Name),
        };
    }
}
