using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MetadataGateway.Artifacts;
using MetadataGateway.Http;
using MetadataGateway.OpenApi;

namespace MetadataGateway.Executions;

[Description("One go of a step: what ran, and with view=full what it read and wrote.")]
internal sealed record ExecutionResource : IResource
{
    [Description("MLMD's execution id. Output only.")]
    public required string Id { get; init; }

    public required string? Name { get; init; }

    [Description("MLMD's type name.")]
    public required string? Type { get; init; }

    [Description("Version of the type; null for the type without version.")]
    public required string? TypeVersion { get; init; }

    [Description("Name of the workspace; null when it belongs to none. Cannot be changed.")]
    public required string? Workspace { get; init; }

    [Description("Name of the run. Cannot be changed.")]
    public required string? Run { get; init; }

    public required string? Description { get; init; }

    [Description("MLMD's last known state; null when it was never set.")]
    public required string? State { get; init; }

    [Description("Id in a foreign system, unique over all executions.")]
    public required string? ExternalId { get; init; }

    [Description("The properties that the type declares."), Members("any")]
    public required JsonObject Properties { get; init; }

    [Description("Properties that the type does not declare."), Members("any")]
    public required JsonObject CustomProperties { get; init; }

    [Description("When MLMD stored it, UTC. Output only.")]
    public required DateTimeOffset? CreateTime { get; init; }

    [Description("When it was last changed, UTC. Output only.")]
    public required DateTimeOffset? UpdateTime { get; init; }

    [Description("Strong entity tag of the plain representation, the same in every view. Output only.")]
    public string? Etag { get; set; }

    [Description("With view=full: what it read."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LinkResource>? Inputs { get; init; }

    [Description("With view=full: what it wrote."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LinkResource>? Outputs { get; init; }
}

[Description("An input or output of an execution.")]
internal sealed record LinkResource
{
    public required ArtifactResource Artifact { get; init; }

    [Description("Name of the input or output; null when it has none.")]
    public required string? Key { get; init; }

    [Description("When the execution read or wrote it, UTC.")]
    public required DateTimeOffset? EventTime { get; init; }
}
