using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Artifacts;

/// <summary>The kinds as the API spells them.</summary>
internal static class ArtifactKindNames
{
    public static IReadOnlyList<string> All { get; } = ["dataset", "model", "metrics", "artifact"];

    public static string ToApiName(this ArtifactKind kind) => kind switch
    {
        ArtifactKind.Dataset => "dataset",
        ArtifactKind.Model => "model",
        ArtifactKind.Metrics => "metrics",
        _ => "artifact",
    };

    public static ArtifactKind? Parse(string? name) => name switch
    {
        "dataset" => ArtifactKind.Dataset,
        "model" => ArtifactKind.Model,
        "metrics" => ArtifactKind.Metrics,
        "artifact" => ArtifactKind.Artifact,
        _ => null,
    };
}
