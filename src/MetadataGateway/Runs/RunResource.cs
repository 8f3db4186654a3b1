using System.ComponentModel;
using System.Text.Json.Nodes;
using MetadataGateway.Http;
using MetadataGateway.LabelledContexts;
using MetadataGateway.OpenApi;
using MlMetadata;

namespace MetadataGateway.Runs;

[Description("A run groups the executions of one go of a pipeline or notebook. Stored as an MLMD context of type kubeflow.org/alpha/run.")]
internal sealed record RunResource : IResource
{
    [Description("Unique within the workspace, compared with case. Cannot be changed.")]
    public required string Name { get; init; }

    [Description("Name of the workspace. Cannot be changed.")]
    public required string Workspace { get; init; }

    [Description("MLMD's context id. Null, as are the times, for a run that the Kubeflow Metadata SDK recorded while Adoption:Enabled is false, until a PUT, PATCH or POST. Output only.")]
    public required string? Id { get; init; }

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

    /// <param name="context">Without an id for a run that is only named by records.</param>
    /// <param name="workspace">The name of its workspace.</param>
    public static RunResource From(Context context, string workspace) => EntityTag.Set(new RunResource
    {
        Name = RunContextName.RunNameOf(context),
        Workspace = workspace,
        Id = context.HasId ? ResourceId.Format(context.Id) : null,
        Description = context.GetDescription(),
        Labels = context.GetLabels(),
        CreateTime = context.HasId ? TimestampConverter.FromMilliseconds(context.CreateTimeSinceEpoch) : null,
        UpdateTime = context.HasId ? TimestampConverter.FromMilliseconds(context.LastUpdateTimeSinceEpoch) : null,
    });
}
