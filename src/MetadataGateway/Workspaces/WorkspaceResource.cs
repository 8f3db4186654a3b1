using System.ComponentModel;
using System.Text.Json.Nodes;
using MetadataGateway.Http;
using MetadataGateway.LabelledContexts;
using MetadataGateway.OpenApi;
using MlMetadata;

namespace MetadataGateway.Workspaces;

[Description("A workspace groups runs, executions and artifacts. Stored as an MLMD context of type kubeflow.org/alpha/workspace.")]
internal sealed record WorkspaceResource : IResource
{
    [Description("Unique name, compared with case. Cannot be changed.")]
    public required string Name { get; init; }

    [Description("MLMD's context id. Output only.")]
    public required string Id { get; init; }

    public required string? Description { get; init; }

    [Description("Labels: names and texts.")]
    [Members("string")]
    public required JsonObject Labels { get; init; }

    [Description("When MLMD stored it, UTC. Output only.")]
    public required DateTimeOffset? CreateTime { get; init; }

    [Description("When it was last changed, UTC. Output only.")]
    public required DateTimeOffset? UpdateTime { get; init; }

    [Description("Strong entity tag, the same as the ETag header. Output only.")]
    public string? Etag { get; set; }

    public static WorkspaceResource From(Context context) => EntityTag.Set(new WorkspaceResource
    {
        Name = context.Name,
        Id = ResourceId.Format(context.Id),
        Description = context.GetDescription(),
        Labels = context.GetLabels(),
        CreateTime = TimestampConverter.FromMilliseconds(context.CreateTimeSinceEpoch),
        UpdateTime = TimestampConverter.FromMilliseconds(context.LastUpdateTimeSinceEpoch),
    });
}
