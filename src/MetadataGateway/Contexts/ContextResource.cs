using System.ComponentModel;
using System.Text.Json.Nodes;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MetadataGateway.OpenApi;
using MlMetadata;

namespace MetadataGateway.Contexts;

[Description("An MLMD context as it is stored: a workspace, a run, a pipeline run of Kubeflow Pipelines, or any other group of records.")]
internal sealed record ContextResource : IResource
{
    [Description("MLMD's context id.")]
    public required string Id { get; init; }

    [Description("MLMD's type name.")]
    public required string? Type { get; init; }

    [Description("Unique among the contexts of its type.")]
    public required string Name { get; init; }

    [Description("Id in a foreign system, unique over all contexts.")]
    public required string? ExternalId { get; init; }

    [Description("The properties that the type declares."), Members("any")]
    public required JsonObject Properties { get; init; }

    [Description("Properties that the type does not declare."), Members("any")]
    public required JsonObject CustomProperties { get; init; }

    [Description("When MLMD stored it, UTC.")]
    public required DateTimeOffset? CreateTime { get; init; }

    [Description("When it was last changed, UTC.")]
    public required DateTimeOffset? UpdateTime { get; init; }

    [Description("Strong entity tag, the same as the ETag header.")]
    public string? Etag { get; set; }

    public static ContextResource From(Context context) => EntityTag.Set(new ContextResource
    {
        Id = ResourceId.Format(context.Id),
        Type = context.HasType ? context.Type : null,
        Name = context.Name,
        ExternalId = RecordProperties.PublicExternalId(context.ExternalId),
        Properties = context.Properties.ToJson(KubeflowPropertyNames.IsReserved),
        CustomProperties = context.CustomProperties.ToJson(
            name => RecordProperties.IsBookkeeping(name) || RecordProperties.IsSessionInfo(context.Type, name)),
        CreateTime = TimestampConverter.FromMilliseconds(context.CreateTimeSinceEpoch),
        UpdateTime = TimestampConverter.FromMilliseconds(context.LastUpdateTimeSinceEpoch),
    });
}
