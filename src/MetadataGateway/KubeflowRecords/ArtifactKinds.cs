using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MetadataGateway.KubeflowRecords;

/// <summary>
/// Which MLMD types are which kind of artifact. Beside the SDK's own types these are the ones of Kubeflow Pipelines
/// (<c>system.…</c>) and MLMD's simple types (<c>mlmd.…</c>).
/// </summary>
internal static class ArtifactKinds
{
    private static readonly ImmutableArray<string> Datasets = [KubeflowTypes.Dataset.Name, "system.Dataset", "mlmd.Dataset"];

    private static readonly ImmutableArray<string> Models = [KubeflowTypes.Model.Name, "system.Model", "mlmd.Model"];

    private static readonly ImmutableArray<string> AllMetrics =
    [
        KubeflowTypes.Metrics.Name, "system.Metrics", "system.ClassificationMetrics", "system.SlicedClassificationMetrics", "mlmd.Metrics",
    ];

    private static readonly FrozenDictionary<string, ArtifactKind> ByTypeName = Pairs(Datasets, ArtifactKind.Dataset)
        .Concat(Pairs(Models, ArtifactKind.Model))
        .Concat(Pairs(AllMetrics, ArtifactKind.Metrics))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static ArtifactKind OfType(string typeName) => ByTypeName.GetValueOrDefault(typeName, ArtifactKind.Artifact);

    /// <summary>The names of the types shown as the kind; none for <see cref="ArtifactKind.Artifact"/>, which is everything else.</summary>
    public static ImmutableArray<string> TypeNames(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Dataset => Datasets,
        ArtifactKind.Model => Models,
        ArtifactKind.Metrics => AllMetrics,
        _ => [],
    };

    /// <summary>The type of a new artifact of the kind; null for <see cref="ArtifactKind.Artifact"/>, where the client names it.</summary>
    public static KubeflowType? WrittenType(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Dataset => KubeflowTypes.Dataset,
        ArtifactKind.Model => KubeflowTypes.Model,
        ArtifactKind.Metrics => KubeflowTypes.Metrics,
        _ => null,
    };

    /// <summary>The kind whose records the gateway and the SDK write under that type; null for all other types.</summary>
    public static ArtifactKind? WrittenKind(string typeName) =>
        OfType(typeName) is var kind && WrittenType(kind)?.Name == typeName ? kind : null;

    private static IEnumerable<KeyValuePair<string, ArtifactKind>> Pairs(IEnumerable<string> typeNames, ArtifactKind kind) =>
        typeNames.Select(typeName => KeyValuePair.Create(typeName, kind));
}
