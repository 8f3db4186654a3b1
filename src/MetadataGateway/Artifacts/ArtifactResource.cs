using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MetadataGateway.Http;
using MetadataGateway.OpenApi;

namespace MetadataGateway.Artifacts;

[Description("Something that executions read or write. The fields below kind depend on it.")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DatasetResource), "dataset")]
[JsonDerivedType(typeof(ModelResource), "model")]
[JsonDerivedType(typeof(MetricsResource), "metrics")]
[JsonDerivedType(typeof(CustomArtifactResource), "artifact")]
internal abstract record ArtifactResource : IResource
{
    [Description("MLMD's artifact id. Output only."), JsonPropertyOrder(-9)]
    public string Id { get; init; } = "";

    [Description("MLMD's type name."), JsonPropertyOrder(-9)]
    public string? Type { get; init; }

    [Description("Version of the type; null for the type without version."), JsonPropertyOrder(-9)]
    public string? TypeVersion { get; init; }

    [JsonPropertyOrder(-9)]
    public string? Name { get; init; }

    [Description("Where the artifact itself is."), JsonPropertyOrder(-9)]
    public string? Uri { get; init; }

    [JsonPropertyOrder(-9)]
    public string? Description { get; init; }

    [JsonPropertyOrder(-9)]
    public string? Owner { get; init; }

    [Description("Version of the artifact, any text."), JsonPropertyOrder(-9)]
    public string? Version { get; init; }

    [Members("any"), JsonPropertyOrder(-9)]
    public JsonObject Labels { get; init; } = [];

    [Description("MLMD's artifact state; null when it was never set."), JsonPropertyOrder(-9)]
    public string? State { get; init; }

    [Description("Id in a foreign system, unique over all artifacts."), JsonPropertyOrder(-9)]
    public string? ExternalId { get; init; }

    [Description("Name of the workspace; null when it belongs to none. Cannot be changed."), JsonPropertyOrder(-9)]
    public string? Workspace { get; init; }

    [Description("Name of the run that first recorded it. Cannot be changed."), JsonPropertyOrder(-9)]
    public string? Run { get; init; }

    [Description("Whatever else the client wants to keep: any JSON object."), Members("any")]
    public JsonObject AdditionalProperties { get; init; } = [];

    [Description("Properties that the type does not declare."), Members("any")]
    public JsonObject CustomProperties { get; init; } = [];

    [Description("When MLMD stored it, UTC. Output only.")]
    public DateTimeOffset? CreateTime { get; init; }

    [Description("When it was last changed, UTC. Output only.")]
    public DateTimeOffset? UpdateTime { get; init; }

    [Description("Strong entity tag, the same as the ETag header. Output only.")]
    public string? Etag { get; set; }

    [Description("In the answer to a write that reused this artifact: the fields given that differ from the stored ones.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Conflicts { get; set; }
}

[Description("A data set.")]
internal sealed record DatasetResource : ArtifactResource
{
    [Description("The query that made the data set.")]
    public string? Query { get; init; }

    [Description("Declared properties; only on records that were written as a custom type."), Members("any")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Properties { get; init; }
}

[Description("A model.")]
internal sealed record ModelResource : ArtifactResource
{
    [Description("For example 'neural network'.")]
    public string? ModelType { get; init; }

    [Description("For example {\"name\": \"tensorflow\", \"version\": \"v1.0\"}."), Members("any")]
    public JsonObject? TrainingFramework { get; init; }

    [Description("Any JSON values."), Members("any")]
    public JsonObject Hyperparameters { get; init; } = [];

    [Description("Declared properties; only on records that were written as a custom type."), Members("any")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Properties { get; init; }
}

[Description("Metrics of a model on a data set.")]
internal sealed record MetricsResource : ArtifactResource
{
    [Description("Id of the data set.")]
    public string? DataSetId { get; init; }

    [Description("Id of the model.")]
    public string? ModelId { get; init; }

    [Description("training, validation, testing or production.")]
    public string? MetricsType { get; init; }

    [Description("Numbers by name; {\"@double\": \"NaN\"} and the like for those that are not finite."), Members("any")]
    public JsonObject Values { get; init; } = [];

    [Description("Declared properties; only on records that were written as a custom type."), Members("any")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Properties { get; init; }
}

[Description("An artifact of any other type.")]
internal sealed record CustomArtifactResource : ArtifactResource
{
    [Description("The properties that the type declares."), Members("any")]
    public JsonObject Properties { get; init; } = [];
}
