using System.Globalization;

namespace MetadataGateway.Client;

/// <summary>The demo of examples/mnist.sh, with the generated client. It stores the same.</summary>
public sealed class MnistDemo(HttpClient http)
{
    private const string Workspace = "demo";

    private readonly MetadataGatewayClient _client = new(http);

    /// <summary>Runs the demo; ends with an exception when an answer is not what it should be.</summary>
    public async Task RunAsync()
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await _client.CreateWorkspaceAsync(new CreateWorkspaceRequest
        {
            Name = Workspace,
            Description = "a workspace for testing",
            Labels = new Dictionary<string, string> { ["n1"] = "v1" },
        });
        var run = await _client.CreateRunAsync(Workspace, new CreateRunRequest { Name = $"run-{now}", Description = "a run of the MNIST workflow" });
        var train = await _client.CreateExecutionAsync(Workspace, new CreateExecutionRequest
        {
            Name = "train",
            Run = run.Name,
            Description = "execution example",
            State = ExecutionState.RUNNING,
        });

        var dataSet = await RecordDataSetAsync(train.Id, now);
        var model = await RecordModelAsync(train.Id, now);
        await RecordMetricsAsync(train.Id, dataSet.Id, model.Id);
        var done = await _client.UpdateExecutionAsync(train.Id, new UpdateExecutionRequest { State = ExecutionState.COMPLETE }, if_Match: train.Etag);
        Expect(done.State == "COMPLETE" && done.Description == "execution example", "the execution is complete, and still described");

        var serving = await ServeAsync($"model_version_{now}");
        await FindAsync(model, dataSet.Id, train.Id, serving.Id);
        await ExpectProblemsAsync(train);
    }

    private async Task<ArtifactResource> RecordDataSetAsync(string execution, string now) => (await _client.CreateInputAsync(execution, new LinkRequest
    {
        Key = "train_data",
        Kind = ArtifactKind.Dataset,
        Name = "mytable-dump",
        Uri = "file://path/to/dataset",
        Version = $"data_set_version_{now}",
        Description = "an example data",
        Owner = "owner@my-company.org",
        Query = "SELECT * FROM mytable",
    })).Artifact;

    private async Task<ModelResource> RecordModelAsync(string execution, string now)
    {
        var link = await _client.CreateOutputAsync(execution, new LinkRequest
        {
            Key = "model",
            Kind = ArtifactKind.Model,
            Name = "MNIST",
            Uri = "gcs://my-bucket/mnist",
            Version = $"model_version_{now}",
            Description = "model to recognize handwritten digits",
            Owner = "someone@kubeflow.org",
            ModelType = "neural network",
            TrainingFramework = new Dictionary<string, object> { ["name"] = "tensorflow", ["version"] = "v1.0" },
            Hyperparameters = new Dictionary<string, object> { ["learning_rate"] = 0.5, ["layers"] = new[] { 10, 3, 1 }, ["early_stop"] = true },
            Labels = new Dictionary<string, string?> { ["mylabel"] = "l1" },
        });
        return link.Artifact as ModelResource ?? throw new InvalidOperationException($"A model came back as {link.Artifact.GetType().Name}.");
    }

    private async Task RecordMetricsAsync(string execution, string dataSet, string model)
    {
        var link = await _client.CreateOutputAsync(execution, new LinkRequest
        {
            Key = "evaluation",
            Kind = ArtifactKind.Metrics,
            Name = "MNIST-evaluation",
            Uri = "gcs://my-bucket/mnist-eval.csv",
            Description = "validating the MNIST model to recognize handwritten digits",
            Owner = "someone@kubeflow.org",
            DataSetId = dataSet,
            ModelId = model,
            MetricsType = MetricsType.Validation,
            Values = new Dictionary<string, object> { ["accuracy"] = 0.95 },
            Labels = new Dictionary<string, string?> { ["mylabel"] = "l1" },
        });
        Expect(link.Artifact is MetricsResource metrics && (double)metrics.Values["accuracy"] == 0.95, "the accuracy is a number");
    }

    private async Task<ExecutionResource> ServeAsync(string version)
    {
        var serving = await _client.CreateExecutionAsync(Workspace, new CreateExecutionRequest
        {
            Name = "serving model",
            Description = "an execution to represent model serving component",
            Inputs = [new LinkRequest { Key = "model", Match = new MatchRequest { Kind = ArtifactKind.Model, Name = "MNIST", Version = version } }],
        });
        Expect(serving.Inputs is [{ Artifact: ModelResource, Key: "model" }], "the model is an input of the serving");
        return serving;
    }

    private async Task FindAsync(ModelResource model, string dataSet, string train, string serving)
    {
        var found = await _client.ListModelsAsync(
            Workspace, filter: "hyperparameters.learning_rate < 1 AND labels.mylabel = 'l1' AND name LIKE 'MN%'", orderBy: "createTime desc", pageSize: 10);
        Expect(found.Items.Any(item => item.Id == model.Id && (double)item.Hyperparameters["learning_rate"] == 0.5), "the filter finds the model");
        var batch = await _client.BatchGetArtifactsAsync($"{dataSet},{model.Id},999999");
        Expect(batch.Items is [DatasetResource { Query: "SELECT * FROM mytable" }, ModelResource] && batch.Missing.Single() == "999999", "two of three are there");

        var lineage = await _client.GetArtifactLineageAsync(model.Id, LineageDirection.Both, maxHops: 4);
        var references = lineage.Nodes.Select(node => node.Ref).ToHashSet();
        Expect(references.SetEquals([$"artifact/{dataSet}", $"execution/{train}", $"artifact/{model.Id}", $"execution/{serving}"]), "the lineage joins both steps");
    }

    private async Task ExpectProblemsAsync(ExecutionResource stale)
    {
        var missing = await ProblemOf(() => _client.GetArtifactAsync("999999"));
        Expect(missing is { Status: 404, Code: "NOT_FOUND" }, "an artifact that is not there is 404");
        var invalid = await ProblemOf(() => _client.CreateInputAsync(stale.Id, new LinkRequest { Kind = ArtifactKind.Dataset, Name = "no uri" }));
        Expect(invalid is { Status: 400, Errors: { } errors } && errors.ContainsKey("uri"), "a missing field is named");
        var outdated = await ProblemOf(() => _client.UpdateExecutionAsync(stale.Id, new UpdateExecutionRequest { State = ExecutionState.FAILED }, if_Match: stale.Etag));
        Expect(outdated.Status == 412, "a stale entity tag is 412");
    }

    private static async Task<ProblemBody> ProblemOf(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ApiException<ProblemBody> problem)
        {
            return problem.Result;
        }

        throw new InvalidOperationException("The call should have failed.");
    }

    private static void Expect(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Not true: {what}.");
        }
    }
}
