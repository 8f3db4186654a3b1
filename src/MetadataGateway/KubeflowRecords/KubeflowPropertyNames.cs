namespace MetadataGateway.KubeflowRecords;

/// <summary>Names of declared and custom properties in the records of the Kubeflow Metadata SDK. All hold strings.</summary>
internal static class KubeflowPropertyNames
{
    public const string Name = "name";
    public const string Description = "description";
    public const string Owner = "owner";
    public const string CreateTime = "create_time";
    public const string Version = "version";
    public const string Query = "query";
    public const string ModelType = "model_type";
    public const string ModelId = "model_id";
    public const string DataSetId = "data_set_id";
    public const string MetricsType = "metrics_type";
    public const string ExecutableId = "executable_id";
    public const string Labels = "labels";

    /// <summary>The whole object as JSON text, <see cref="KubeflowRecords.AllMeta"/>. Artifacts have it, executions never.</summary>
    public const string AllMeta = "__ALL_META__";

    /// <summary>Custom property: the name of the workspace.</summary>
    public const string Workspace = "__kf_workspace__";

    /// <summary>Custom property: the name of the run; absent when there was none.</summary>
    public const string Run = "__kf_run__";

    /// <summary>How the gateway's own names begin: of types, of custom properties, of external ids.</summary>
    public const string ReservedPrefix = "metadata-gateway/";

    /// <summary>Whether the API hides the property and refuses it on write.</summary>
    public static bool IsReserved(string name) =>
        name is AllMeta or Workspace or Run || name.StartsWith(ReservedPrefix, StringComparison.Ordinal);
}
