using System.Collections.Immutable;

namespace MetadataGateway.KubeflowRecords;

/// <summary>The keys of <c>__ALL_META__</c>, and their order in the text as the SDK writes it.</summary>
internal static class AllMetaKeys
{
    /// <summary>The argument of the object's constructor, as a rule null; the artifact's workspace stands in a custom property.</summary>
    public const string Workspace = "workspace";
    public const string Name = "name";
    public const string Description = "description";
    public const string Owner = "owner";
    public const string Uri = "uri";
    public const string Version = "version";
    public const string Query = "query";
    public const string ModelType = "model_type";
    public const string TrainingFramework = "training_framework";
    public const string Hyperparameters = "hyperparameters";
    public const string DataSetId = "data_set_id";
    public const string ModelId = "model_id";
    public const string MetricsType = "metrics_type";
    public const string Values = "values";
    public const string Labels = "labels";

    /// <summary>Always null: the text is made before MLMD gives the id.</summary>
    public const string Id = "id";
    public const string CreateTime = "create_time";

    /// <summary>What the API calls <c>additionalProperties</c>: an object, empty when there are none.</summary>
    public const string Kwargs = "kwargs";

    private static readonly ImmutableArray<string> Dataset =
        [Workspace, Name, Description, Owner, Uri, Version, Query, Labels, Id, CreateTime, Kwargs];

    private static readonly ImmutableArray<string> Model =
        [Workspace, Name, Description, Owner, Uri, Version, ModelType, TrainingFramework, Hyperparameters, Labels, Id, CreateTime, Kwargs];

    private static readonly ImmutableArray<string> Metrics =
        [Workspace, Name, Description, Owner, Uri, DataSetId, ModelId, MetricsType, Values, Labels, Id, CreateTime, Kwargs];

    public static ImmutableArray<string> Of(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Dataset => Dataset,
        ArtifactKind.Model => Model,
        ArtifactKind.Metrics => Metrics,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Artifacts of custom types have no __ALL_META__."),
    };
}
