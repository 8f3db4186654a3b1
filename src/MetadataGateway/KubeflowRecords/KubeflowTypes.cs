using System.Collections.Immutable;

namespace MetadataGateway.KubeflowRecords;

/// <summary>A type of MLMD, with the properties it declares; in these types every property is a STRING.</summary>
internal sealed record KubeflowType(string Name, ImmutableArray<string> Properties);

/// <summary>
/// The types that the Kubeflow Metadata SDK reads and writes, and our own beside them. Never declare a property more on them: the SDK
/// and the old Kubeflow Metadata server put them with all fields to match, and fail for good when one differs.
/// </summary>
internal static class KubeflowTypes
{
    public static readonly KubeflowType Workspace = new("kubeflow.org/alpha/workspace",
        [KubeflowPropertyNames.Description, KubeflowPropertyNames.Labels]);

    /// <summary>A context per run: ours, the SDK has none and knows a run by name only.</summary>
    public static readonly KubeflowType Run = new("kubeflow.org/alpha/run",
        [KubeflowPropertyNames.Description, KubeflowPropertyNames.Labels]);

    public static readonly KubeflowType Execution = new("kubeflow.org/alpha/execution",
    [
        KubeflowPropertyNames.Name, KubeflowPropertyNames.Description, KubeflowPropertyNames.Owner, KubeflowPropertyNames.CreateTime,
        KubeflowPropertyNames.ExecutableId, KubeflowPropertyNames.AllMeta,
    ]);

    public static readonly KubeflowType Dataset = new("kubeflow.org/alpha/data_set",
    [
        KubeflowPropertyNames.Name, KubeflowPropertyNames.Description, KubeflowPropertyNames.Owner, KubeflowPropertyNames.CreateTime,
        KubeflowPropertyNames.Version, KubeflowPropertyNames.Query, KubeflowPropertyNames.AllMeta,
    ]);

    public static readonly KubeflowType Model = new("kubeflow.org/alpha/model",
    [
        KubeflowPropertyNames.Name, KubeflowPropertyNames.Description, KubeflowPropertyNames.Owner, KubeflowPropertyNames.CreateTime,
        KubeflowPropertyNames.Version, KubeflowPropertyNames.ModelType, KubeflowPropertyNames.AllMeta,
    ]);

    public static readonly KubeflowType Metrics = new("kubeflow.org/alpha/metrics",
    [
        KubeflowPropertyNames.Name, KubeflowPropertyNames.Description, KubeflowPropertyNames.Owner, KubeflowPropertyNames.CreateTime,
        KubeflowPropertyNames.Version, KubeflowPropertyNames.ModelId, KubeflowPropertyNames.DataSetId, KubeflowPropertyNames.MetricsType,
        KubeflowPropertyNames.AllMeta,
    ]);

    /// <summary>A context per request with an <c>Idempotency-Key</c>: ours, and hidden.</summary>
    public static readonly KubeflowType Request = new(KubeflowPropertyNames.ReservedPrefix + "request", []);

    public static ImmutableArray<KubeflowType> ContextTypes { get; } = [Workspace, Run, Request];

    public static ImmutableArray<KubeflowType> ExecutionTypes { get; } = [Execution];

    public static ImmutableArray<KubeflowType> ArtifactTypes { get; } = [Dataset, Model, Metrics];

    /// <summary>Whether only the gateway itself uses the type: the API hides it and its records.</summary>
    public static bool IsInternal(string typeName) => typeName.StartsWith(KubeflowPropertyNames.ReservedPrefix, StringComparison.Ordinal);
}
