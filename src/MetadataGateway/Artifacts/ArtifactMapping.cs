using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>MLMD artifact to API resource. Pure.</summary>
internal static class ArtifactMapping
{
    /// <param name="node">As MLMD returned it.</param>
    /// <param name="typeVersion">Version of its type.</param>
    /// <param name="workspace">The workspace when the record does not say it itself.</param>
    public static ArtifactResource ToResource(this Artifact node, string? typeVersion, string? workspace = null)
    {
        var record = ArtifactRecord.Of(node);
        return EntityTag.Set(OwnFields(record) with
        {
            Id = ResourceId.Format(node.Id),
            Type = node.HasType ? node.Type : null,
            TypeVersion = typeVersion,
            Name = record.GetText("name"),
            Uri = record.Uri,
            Description = record.GetText("description"),
            Owner = record.GetText("owner"),
            Version = record.GetText("version"),
            Labels = ForeignJson.AsObject(record.GetObject("labels")),
            State = node.HasState ? EnumNames.Of(node.State) : null,
            ExternalId = node.HasExternalId ? RecordProperties.PublicExternalId(node.ExternalId) : null,
            Workspace = node.CustomProperties.GetText(KubeflowPropertyNames.Workspace) ?? workspace,
            Run = node.CustomProperties.GetText(KubeflowPropertyNames.Run),
            AdditionalProperties = ForeignJson.AsObject(record.GetObject("additionalProperties")),
            CustomProperties = node.CustomProperties.ToJson(record.IsHidden),
            CreateTime = TimestampConverter.FromMilliseconds(node.CreateTimeSinceEpoch),
            UpdateTime = TimestampConverter.FromMilliseconds(node.LastUpdateTimeSinceEpoch),
        });
    }

    private static ArtifactResource OwnFields(ArtifactRecord record) => ArtifactKinds.OfType(record.Node.Type) switch
    {
        ArtifactKind.Dataset => new DatasetResource { Query = record.GetText("query"), Properties = record.GetProperties() },
        ArtifactKind.Model => new ModelResource
        {
            ModelType = record.GetText("modelType"),
            TrainingFramework = record.GetObject("trainingFramework") is { } framework ? ForeignJson.AsObject(framework) : null,
            Hyperparameters = ForeignJson.AsObject(record.GetObject("hyperparameters")),
            Properties = record.GetProperties(),
        },
        ArtifactKind.Metrics => new MetricsResource
        {
            DataSetId = record.GetText("dataSetId"),
            ModelId = record.GetText("modelId"),
            MetricsType = record.GetText("metricsType"),
            Values = ForeignJson.AsObject(record.GetObject("values")),
            Properties = record.GetProperties(),
        },
        _ => new CustomArtifactResource { Properties = record.GetProperties() ?? [] },
    };
}
