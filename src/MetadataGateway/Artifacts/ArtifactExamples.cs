namespace MetadataGateway.Artifacts;

/// <summary>Examples for the OpenAPI document: the Kubeflow Metadata demo.</summary>
internal static class ArtifactExamples
{
    private const string Common = """
        "owner": "someone@kubeflow.org", "labels": {"mylabel": "l1"}, "state": null, "externalId": null, "workspace": "demo", "run": "run-1",
         "additionalProperties": {}, "customProperties": {}, "createTime": "2026-11-24T08:15:30.123Z", "updateTime": "2026-11-24T08:15:30.123Z",
         "etag": "\"5d41402abc4b2a76b9719d91\""
        """;

    public const string DatasetRequest = """
        {"name": "mytable-dump", "uri": "file://path/to/dataset", "version": "v1", "owner": "someone@kubeflow.org",
         "query": "SELECT * FROM mytable", "labels": {"mylabel": "l1"}}
        """;

    public const string Dataset = $$"""
        {"kind": "dataset", "id": "1", "type": "kubeflow.org/alpha/data_set", "typeVersion": null, "name": "mytable-dump",
         "uri": "file://path/to/dataset", "description": null, "version": "v1", "query": "SELECT * FROM mytable", {{Common}}}
        """;

    public const string ModelRequest = """
        {"name": "MNIST", "uri": "gcs://my-bucket/mnist", "version": "v1", "modelType": "neural network", "owner": "someone@kubeflow.org",
         "trainingFramework": {"name": "tensorflow", "version": "v1.0"},
         "hyperparameters": {"learning_rate": 0.5, "layers": [10, 3, 1], "early_stop": true}, "labels": {"mylabel": "l1"}}
        """;

    public const string Model = $$"""
        {"kind": "model", "id": "2", "type": "kubeflow.org/alpha/model", "typeVersion": null, "name": "MNIST", "uri": "gcs://my-bucket/mnist",
         "description": null, "version": "v1", "modelType": "neural network", "trainingFramework": {"name": "tensorflow", "version": "v1.0"},
         "hyperparameters": {"learning_rate": 0.5, "layers": [10, 3, 1], "early_stop": true}, {{Common}}}
        """;

    public const string BatchRequest = $$"""
        {"requests": [{"kind": "model", "name": "MNIST", "uri": "gcs://my-bucket/mnist", "version": "v1"}, {{CustomRequest}}]}
        """;

    public const string MetricsRequest = """
        {"name": "MNIST-evaluation", "uri": "gcs://my-bucket/mnist-eval.csv", "owner": "someone@kubeflow.org", "dataSetId": "1", "modelId": "2",
         "metricsType": "validation", "values": {"accuracy": 0.95}, "labels": {"mylabel": "l1"}}
        """;

    public const string Metrics = $$"""
        {"kind": "metrics", "id": "3", "type": "kubeflow.org/alpha/metrics", "typeVersion": null, "name": "MNIST-evaluation",
         "uri": "gcs://my-bucket/mnist-eval.csv", "description": null, "version": null, "dataSetId": "1", "modelId": "2",
         "metricsType": "validation", "values": {"accuracy": 0.95}, {{Common}}}
        """;

    public const string CustomRequest = """
        {"kind": "artifact", "type": "mlmd.Statistics", "name": "digit counts", "uri": "gcs://my-bucket/counts.json",
         "owner": "someone@kubeflow.org", "labels": {"mylabel": "l1"}}
        """;

    public const string Custom = $$"""
        {"kind": "artifact", "id": "4", "type": "mlmd.Statistics", "typeVersion": null, "name": "digit counts",
         "uri": "gcs://my-bucket/counts.json", "description": null, "version": null, "properties": {}, {{Common}}}
        """;
}
