using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Artifacts;

/// <summary>The API's artifact fields by kind, and the names under which MLMD records keep them.</summary>
internal static class ArtifactFields
{
    /// <summary>Text fields and the MLMD property of each.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["name"] = "name",
        ["description"] = "description",
        ["owner"] = "owner",
        ["version"] = "version",
        ["query"] = "query",
        ["modelType"] = "model_type",
        ["dataSetId"] = "data_set_id",
        ["modelId"] = "model_id",
        ["metricsType"] = "metrics_type",
    };

    /// <summary>Fields with JSON objects and the key of each in <c>__ALL_META__</c>.</summary>
    public static IReadOnlyDictionary<string, string> Objects { get; } = new Dictionary<string, string>
    {
        ["labels"] = "labels",
        ["trainingFramework"] = "training_framework",
        ["hyperparameters"] = "hyperparameters",
        ["values"] = "values",
        ["additionalProperties"] = "kwargs",
    };

    /// <summary>Objects whose members a merge patch changes one by one.</summary>
    public static IReadOnlySet<string> Deep { get; } = new HashSet<string>
    {
        "labels", "properties", "customProperties", "hyperparameters", "values", "trainingFramework", "additionalProperties",
    };

    public static IReadOnlyList<string> States { get; } = ["UNKNOWN", "PENDING", "LIVE", "MARKED_FOR_DELETION", "DELETED", "ABANDONED", "REFERENCE"];

    public static IReadOnlyList<string> MetricsTypes { get; } = ["training", "validation", "testing", "production"];

    private static readonly string[] OfAll =
        ["name", "uri", "description", "owner", "version", "labels", "state", "externalId", "additionalProperties", "customProperties"];

    private static readonly Dictionary<ArtifactKind, string[]> Own = new()
    {
        [ArtifactKind.Dataset] = ["query"],
        [ArtifactKind.Model] = ["modelType", "trainingFramework", "hyperparameters"],
        [ArtifactKind.Metrics] = ["dataSetId", "modelId", "metricsType", "values"],
        [ArtifactKind.Artifact] = ["properties"],
    };

    /// <summary>The fields of a kind that a client can set and change.</summary>
    public static IReadOnlySet<string> Of(ArtifactKind kind) => new HashSet<string>([.. OfAll, .. Own[kind]]);

    /// <summary>Fields that only other kinds have.</summary>
    public static IEnumerable<string> NotOf(ArtifactKind kind) => Own.Where(entry => entry.Key != kind).SelectMany(entry => entry.Value);

    /// <summary>Whether records of the kind do not have the field. Any record that was written as a custom type has properties.</summary>
    public static bool IsOfAnotherKind(string field, ArtifactKind kind) => field != "properties" && !Own[kind].Contains(field) && NotOf(kind).Contains(field);
}
