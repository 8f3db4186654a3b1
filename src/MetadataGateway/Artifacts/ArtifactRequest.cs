using System.ComponentModel;
using System.Text.Json.Nodes;
using MetadataGateway.OpenApi;

namespace MetadataGateway.Artifacts;

/// <summary>An artifact as a client gives it. Which fields apply depends on the kind. Absent, null and empty text mean the same.</summary>
internal record ArtifactRequest
{
    [Description("dataset, model, metrics, or artifact for any other type. May be left out on /datasets, /models and /metrics."), OneOf("ArtifactKind", "dataset", "model", "metrics", "artifact")]
    public string? Kind { get; init; }

    [Description("Kind artifact: name of a registered artifact type. The other kinds have their own.")]
    public string? Type { get; init; }

    [Description("Kind artifact: version of the type.")]
    public string? TypeVersion { get; init; }

    [Description("Required for dataset, model and metrics.")]
    public string? Name { get; init; }

    [Description("Where the artifact itself is. Required for dataset, model and metrics.")]
    public string? Uri { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    [Description("Version of the artifact, any text.")]
    public string? Version { get; init; }

    [Members("string or null")]
    public JsonObject? Labels { get; init; }

    [OneOf("ArtifactState", "UNKNOWN", "PENDING", "LIVE", "MARKED_FOR_DELETION", "DELETED", "ABANDONED", "REFERENCE")]
    public string? State { get; init; }

    [Description("Id in a foreign system, unique over all artifacts; at most 255 bytes of UTF-8.")]
    public string? ExternalId { get; init; }

    [Description("May be given when equal to the workspace in the path.")]
    public string? Workspace { get; init; }

    [Description("Name of the run that records it; made if missing.")]
    public string? Run { get; init; }

    [Description("dataset: the query that made it.")]
    public string? Query { get; init; }

    [Description("model: for example 'neural network'.")]
    public string? ModelType { get; init; }

    [Description("model: for example {\"name\": \"tensorflow\", \"version\": \"v1.0\"}."), Members("any")]
    public JsonObject? TrainingFramework { get; init; }

    [Description("model: any JSON values."), Members("any")]
    public JsonObject? Hyperparameters { get; init; }

    [Description("metrics: id of the data set.")]
    public string? DataSetId { get; init; }

    [Description("metrics: id of the model.")]
    public string? ModelId { get; init; }

    [Description("metrics: what was measured."), OneOf("MetricsType", "training", "validation", "testing", "production")]
    public string? MetricsType { get; init; }

    [Description("metrics: numbers by name; {\"@double\": \"NaN\"} and the like for those that are not finite."), Members("any")]
    public JsonObject? Values { get; init; }

    [Description("Whatever else the client wants to keep: any JSON object."), Members("any")]
    public JsonObject? AdditionalProperties { get; init; }

    [Description("Kind artifact: the properties that the type declares."), Members("any")]
    public JsonObject? Properties { get; init; }

    [Description("Properties that the type does not declare."), Members("any")]
    public JsonObject? CustomProperties { get; init; }
}

/// <summary>The body of a PATCH: the same fields, and output-only ones that may be sent back unchanged.</summary>
internal sealed record UpdateArtifactRequest : ArtifactRequest
{
    [Description("Output only: accepted when equal to what is stored.")]
    public string? Id { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? CreateTime { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? UpdateTime { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? Etag { get; init; }
}
