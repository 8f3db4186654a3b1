using MetadataGateway.Artifacts;

namespace MetadataGateway.Executions;

/// <summary>Examples for the OpenAPI document.</summary>
internal static class ExecutionExamples
{
    public const string Request = $$"""
        {"name": "train", "run": "run-1", "state": "RUNNING", "customProperties": {"gpu": "a100", "epochs": 12},
         "inputs": [{"match": {"kind": "dataset", "name": "mytable-dump", "version": "v1"}, "key": "train_data"}],
         "outputs": [{"kind": "model", "name": "MNIST", "uri": "gcs://my-bucket/mnist", "version": "v1", "key": "model"}]}
        """;

    private const string Fields = """
        "id": "7", "name": "train", "type": "kubeflow.org/alpha/execution", "typeVersion": null, "workspace": "demo", "run": "run-1",
         "description": null, "state": "RUNNING", "externalId": null, "properties": {}, "customProperties": {"gpu": "a100", "epochs": 12},
         "createTime": "2026-11-24T08:15:30.123Z", "updateTime": "2026-11-24T08:15:30.123Z", "etag": "\"7d793037a0760186574b0282\""
        """;

    public const string Execution = $$"""{{{Fields}}}""";

    public const string Link = $$"""{"artifact": {{ArtifactExamples.Model}}, "key": "model", "eventTime": "2026-11-24T08:15:30.123Z"}""";

    public const string Full = $$"""
        {{{Fields}}, "inputs": [{"artifact": {{ArtifactExamples.Dataset}}, "key": "train_data", "eventTime": "2026-11-24T08:15:30.123Z"}],
         "outputs": [{{Link}}]}
        """;
}
