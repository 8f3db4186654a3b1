using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Examples;

public sealed partial class MnistDemoTests(MnistDemo demo) : IClassFixture<MnistDemo>
{
    [Fact]
    public void Script_AgainstFreshGateway_SucceedsAndTellsTheIds()
    {
        Assert.True(demo.Result.ExitCode == 0, demo.Result.Errors + demo.Result.Output);
        Assert.Equal("", demo.Result.Errors);
        Assert.EndsWith("# Recorded: data set 1, model 2, metrics 3, executions 1 and 2.\n", demo.Result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workspace_IsStoredAsTheSdkWouldAndRunAsItsChild()
    {
        var workspace = (await demo.Store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = "demo" })).Context;
        var runs = (await demo.Store.GetContextsByTypeAsync(new() { TypeName = "kubeflow.org/alpha/run" })).Contexts;
        var parents = (await demo.Store.GetParentContextsByContextAsync(new() { ContextId = runs[0].Id })).Contexts;

        Assert.Equal(Texts(("description", "a workspace for testing"), ("labels", """{"n1": "v1"}""")), Texts(workspace.Properties));
        Assert.Empty(workspace.CustomProperties);
        var run = Assert.Single(runs);
        Assert.Matches($"^{workspace.Id}/run-20..-..-..T..:..:..Z$", run.Name);
        Assert.Equal(Texts(("description", "a run of the MNIST workflow")), Texts(run.Properties));
        Assert.Equal(workspace.Id, Assert.Single(parents).Id);
    }

    [Fact]
    public async Task Executions_AreStoredAsTheSdkWouldWithTheirStates()
    {
        var (_, run) = await GetContextsAsync();
        var runName = run.Name[(run.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

        var executions = (await demo.Store.GetExecutionsByIDAsync(new() { ExecutionIds = { 1, 2 } })).Executions;

        var train = executions.Single(execution => execution.Id == 1);
        Assert.Equal("kubeflow.org/alpha/execution", train.Type);
        Assert.Equal(Execution.Types.State.Complete, train.LastKnownState);
        Assert.False(train.HasName || train.HasExternalId);
        Assert.Equal(Texts(("name", "train"), ("description", "execution example"), ("create_time", "<time>")), TextsWithoutTime(train.Properties));
        Assert.Equal(Texts(("__kf_workspace__", "demo"), ("__kf_run__", runName)), Texts(train.CustomProperties));
        var serving = executions.Single(execution => execution.Id == 2);
        Assert.False(serving.HasLastKnownState);
        Assert.Equal(
            Texts(("name", "serving model"), ("description", "an execution to represent model serving component"), ("create_time", "<time>")),
            TextsWithoutTime(serving.Properties));
        Assert.Equal(Texts(("__kf_workspace__", "demo")), Texts(serving.CustomProperties));
    }

    [Theory]
    [InlineData(1, "kubeflow.org/alpha/data_set", "file://path/to/dataset",
        """{"workspace": null, "name": "mytable-dump", "description": "an example data", "owner": "owner@my-company.org", "uri": "file://path/to/dataset", "version": "data_set_version_<time>", "query": "SELECT * FROM mytable", "labels": null, "id": null, "create_time": "<time>", "kwargs": {}}""")]
    [InlineData(2, "kubeflow.org/alpha/model", "gcs://my-bucket/mnist",
        """{"workspace": null, "name": "MNIST", "description": "model to recognize handwritten digits", "owner": "someone@kubeflow.org", "uri": "gcs://my-bucket/mnist", "version": "model_version_<time>", "model_type": "neural network", "training_framework": {"name": "tensorflow", "version": "v1.0"}, "hyperparameters": {"learning_rate": 0.5, "layers": [10, 3, 1], "early_stop": true}, "labels": {"mylabel": "l1"}, "id": null, "create_time": "<time>", "kwargs": {}}""")]
    [InlineData(3, "kubeflow.org/alpha/metrics", "gcs://my-bucket/mnist-eval.csv",
        """{"workspace": null, "name": "MNIST-evaluation", "description": "validating the MNIST model to recognize handwritten digits", "owner": "someone@kubeflow.org", "uri": "gcs://my-bucket/mnist-eval.csv", "data_set_id": "1", "model_id": "2", "metrics_type": "validation", "values": {"accuracy": 0.95}, "labels": {"mylabel": "l1"}, "id": null, "create_time": "<time>", "kwargs": {}}""")]
    public async Task Artifact_IsTheRecordThatTheSdkWrites(long id, string type, string uri, string allMeta)
    {
        var artifact = Assert.Single((await demo.Store.GetArtifactsByIDAsync(new() { ArtifactIds = { id } })).Artifacts);

        Assert.Equal((type, uri), (artifact.Type, artifact.Uri));
        Assert.False(artifact.HasName || artifact.HasState);
        Assert.Equal(allMeta, Time().Replace(artifact.Properties["__ALL_META__"].StringValue, "<time>"));
        // The declared properties are the texts of __ALL_META__ that are there.
        var meta = JsonNode.Parse(artifact.Properties["__ALL_META__"].StringValue)!.AsObject();
        var declared = meta.Where(member => member.Key is not ("uri" or "id" or "workspace") && member.Value?.GetValueKind() == System.Text.Json.JsonValueKind.String)
            .Select(member => (member.Key, member.Value!.GetValue<string>())).Append(("__ALL_META__", artifact.Properties["__ALL_META__"].StringValue));
        Assert.Equal(Texts([.. declared]), Texts(artifact.Properties));
        Assert.Equal("demo", artifact.CustomProperties["__kf_workspace__"].StringValue);
        Assert.StartsWith("run-", artifact.CustomProperties["__kf_run__"].StringValue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifacts_CarrySearchableMembers()
    {
        var artifacts = (await demo.Store.GetArtifactsByIDAsync(new() { ArtifactIds = { 1, 2, 3 } })).Artifacts.OrderBy(artifact => artifact.Id).ToList();

        IEnumerable<string> Names(Artifact artifact) => artifact.CustomProperties.Keys.Where(name => !name.StartsWith("__", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Empty(Names(artifacts[0]));
        Assert.Equal(["hyperparameters.early_stop", "hyperparameters.learning_rate", "labels.mylabel"], Names(artifacts[1]));
        Assert.True(artifacts[1].CustomProperties["hyperparameters.early_stop"].BoolValue);
        Assert.Equal(0.5, artifacts[1].CustomProperties["hyperparameters.learning_rate"].DoubleValue);
        Assert.Equal(["labels.mylabel", "values.accuracy"], Names(artifacts[2]));
        Assert.Equal(0.95, artifacts[2].CustomProperties["values.accuracy"].DoubleValue);
    }

    [Fact]
    public async Task Events_AreInputsAndOutputsWithTheirKeys()
    {
        var events = (await demo.Store.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { 1, 2 } })).Events;

        Assert.Equal(
            [
                (1L, 1L, Event.Types.Type.Input, "train_data"), (2, 1, Event.Types.Type.Output, "model"),
                (3, 1, Event.Types.Type.Output, "evaluation"), (2, 2, Event.Types.Type.Input, "model"),
            ],
            events.Select(e => (e.ArtifactId, e.ExecutionId, e.Type, Assert.Single(e.Path.Steps).Key)));
        Assert.All(events, e => Assert.True(e.MillisecondsSinceEpoch > 0));
    }

    [Fact]
    public async Task Contexts_HoldWhatWasRecordedInThem()
    {
        var (workspace, run) = await GetContextsAsync();

        Assert.Equal([1, 2, 3], await ArtifactsOfAsync(workspace));
        Assert.Equal([1, 2], await ExecutionsOfAsync(workspace));
        Assert.Equal([1, 2, 3], await ArtifactsOfAsync(run));
        Assert.Equal([1], await ExecutionsOfAsync(run));
    }

    [Fact]
    public async Task Lineage_OfModel_JoinsTrainingAndServing()
    {
        var answer = (await demo.Client.GetJson($"{HttpJson.Api}/artifacts/2/lineage")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            """
            {"root":"artifact/2","nodes":[{"ref":"artifact/2","kind":"model","type":"kubeflow.org/alpha/model","name":"MNIST","uri":"gcs://my-bucket/mnist","version":"model_version_<time>","hops":0,"state":null,"workspace":"demo"},{"ref":"execution/1","kind":"execution","type":"kubeflow.org/alpha/execution","name":"train","hops":1,"state":"COMPLETE","workspace":"demo"},{"ref":"execution/2","kind":"execution","type":"kubeflow.org/alpha/execution","name":"serving model","hops":1,"state":null,"workspace":"demo"},{"ref":"artifact/1","kind":"dataset","type":"kubeflow.org/alpha/data_set","name":"mytable-dump","uri":"file://path/to/dataset","version":"data_set_version_<time>","hops":2,"state":null,"workspace":"demo"}],"edges":[{"from":"artifact/1","to":"execution/1","event":"INPUT","key":"train_data"},{"from":"execution/1","to":"artifact/2","event":"OUTPUT","key":"model"},{"from":"artifact/2","to":"execution/2","event":"INPUT","key":"model"}],"truncated":false,"truncatedBy":null,"frontier":[]}
            """.Trim(),
            Time().Replace(answer.Text, "<time>"));
    }

    private async Task<(Context Workspace, Context Run)> GetContextsAsync() =>
        ((await demo.Store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = "demo" })).Context,
            (await demo.Store.GetContextsByTypeAsync(new() { TypeName = "kubeflow.org/alpha/run" })).Contexts[0]);

    private async Task<IEnumerable<long>> ArtifactsOfAsync(Context context) =>
        (await demo.Store.GetArtifactsByContextAsync(new() { ContextId = context.Id })).Artifacts.Select(artifact => artifact.Id).Order();

    private async Task<IEnumerable<long>> ExecutionsOfAsync(Context context) =>
        (await demo.Store.GetExecutionsByContextAsync(new() { ContextId = context.Id })).Executions.Select(execution => execution.Id).Order();

    private static List<(string, string)> Texts(params (string, string)[] texts) => [.. texts.OrderBy(text => text.Item1, StringComparer.Ordinal)];

    private static List<(string, string)> Texts(IEnumerable<KeyValuePair<string, Value>> properties) =>
        Texts([.. properties.Select(property => (property.Key, property.Value.StringValue))]);

    private static List<(string, string)> TextsWithoutTime(IEnumerable<KeyValuePair<string, Value>> properties) =>
        [.. Texts(properties).Select(property => property.Item1 == "create_time" ? (property.Item1, Time().Replace(property.Item2, "<time>")) : property)];

    [GeneratedRegex(@"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Time();
}

public sealed class MnistDemoAgainTests
{
    [Fact]
    public async Task Script_ForTheSecondTime_FindsTheWorkspace()
    {
        using var demo = new MnistDemo();
        await demo.InitializeAsync();

        var second = await demo.RunScriptAsync();

        Assert.True(second.ExitCode == 0, second.Errors + second.Output);
        Assert.Single((await demo.Store.GetContextsByTypeAsync(new() { TypeName = "kubeflow.org/alpha/workspace" })).Contexts);
    }
}
