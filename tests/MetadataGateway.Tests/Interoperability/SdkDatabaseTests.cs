using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Interoperability;

public sealed partial class SdkDatabaseTests(SdkDatabase database) : IClassFixture<SdkDatabase>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/workspace_1";
    private const string Run = "run-2026-11-24T08:37:52.226936";

    private const string Training = $$"""
        {"id":"1","name":"execution2026-11-24T08:37:52.227547","type":"kubeflow.org/alpha/execution","typeVersion":null,"workspace":"workspace_1",
         "run":"{{Run}}","description":"execution example","state":null,"externalId":null,"properties":{},"customProperties":{},
         "createTime":"2026-11-24T08:37:52.228Z","updateTime":"2026-11-24T08:37:52.228Z"}
        """;

    private const string Serving = """
        {"id":"2","name":"serving model","type":"kubeflow.org/alpha/execution","typeVersion":null,"workspace":"workspace_1","run":null,
         "description":"an execution to represent model serving component","state":null,"externalId":null,"properties":{},"customProperties":{},
         "createTime":"2026-11-24T08:37:52.265Z","updateTime":"2026-11-24T08:37:52.265Z"}
        """;

    private const string Dataset = $$"""
        {"kind":"dataset","id":"1","type":"kubeflow.org/alpha/data_set","typeVersion":null,"name":"mytable-dump","uri":"file://path/to/dataset",
         "description":"an example data","owner":"owner@my-company.org","version":"data_set_version_6b825ab2-e286-4c21-8427-4a6e58cb12d9",
         "labels":{},"state":null,"externalId":null,"workspace":"workspace_1","run":"{{Run}}","query":"SELECT * FROM mytable",
         "additionalProperties":{},"customProperties":{},"createTime":"2026-11-24T08:37:52.236Z","updateTime":"2026-11-24T08:37:52.236Z"}
        """;

    private const string Model = $$"""
        {"kind":"model","id":"2","type":"kubeflow.org/alpha/model","typeVersion":null,"name":"MNIST","uri":"gcs://my-bucket/mnist",
         "description":"model to recognize handwritten digits","owner":"someone@kubeflow.org",
         "version":"model_version_993f1318-e86f-403c-8f62-bb5d7cd4d1d4","labels":{"mylabel":"l1"},"state":null,"externalId":null,
         "workspace":"workspace_1","run":"{{Run}}","modelType":"neural network","trainingFramework":{"name":"tensorflow","version":"v1.0"},
         "hyperparameters":{"learning_rate":0.5,"layers":[10,3,1],"early_stop":true},"additionalProperties":{},"customProperties":{},
         "createTime":"2026-11-24T08:37:52.245Z","updateTime":"2026-11-24T08:37:52.245Z"}
        """;

    private const string Metrics = $$"""
        {"kind":"metrics","id":"3","type":"kubeflow.org/alpha/metrics","typeVersion":null,"name":"MNIST-evaluation",
         "uri":"gcs://my-bucket/mnist-eval.csv","description":"validating the MNIST model to recognize handwritten digits",
         "owner":"someone@kubeflow.org","version":null,"labels":{"mylabel":"l1"},"state":null,"externalId":null,"workspace":"workspace_1",
         "run":"{{Run}}","dataSetId":"1","modelId":"2","metricsType":"validation","values":{"accuracy":0.95},"additionalProperties":{},
         "customProperties":{},"createTime":"2026-11-24T08:37:52.255Z","updateTime":"2026-11-24T08:37:52.255Z"}
        """;

    private const string Workspace1 = """
        {"name":"workspace_1","id":"1","description":"a workspace for testing","labels":{"n1":"v1"},
         "createTime":"2026-11-24T08:37:52.225Z","updateTime":"2026-11-24T08:37:52.225Z"}
        """;

    [Theory]
    [InlineData($"{HttpJson.Api}/workspaces", "[" + Workspace1 + "]")]
    [InlineData($"{Workspace}/datasets", "[" + Dataset + "]")]
    [InlineData($"{Workspace}/models", "[" + Model + "]")]
    [InlineData($"{Workspace}/metrics", "[" + Metrics + "]")]
    [InlineData($"{Workspace}/artifacts", "[" + Dataset + "," + Model + "," + Metrics + "]")]
    [InlineData($"{Workspace}/executions", "[" + Training + "," + Serving + "]")]
    [InlineData($"{Workspace}/executions?run={Run}", "[" + Training + "]")]
    [InlineData($"{Workspace}/executions?run=other", "[]")]
    [InlineData($"{Workspace}/runs/{Run}/executions", "[" + Training + "]")]
    [InlineData($"{HttpJson.Api}/artifacts/1/producers", "[]")]
    [InlineData($"{HttpJson.Api}/artifacts/1/consumers", "[" + Training + "]")]
    [InlineData($"{HttpJson.Api}/artifacts/2/producers", "[" + Training + "]")]
    [InlineData($"{HttpJson.Api}/artifacts/2/consumers", "[" + Serving + "]")]
    [InlineData($"{HttpJson.Api}/artifacts/3/producers", "[" + Training + "]")]
    public async Task List_OfSdkRecords_ShowsThemWithAllFields(string path, string items)
    {
        var answer = await database.Client.GetJson(path);

        answer.Expect(HttpStatusCode.OK);
        AssertSame(items, answer["items"]);
        Assert.Null(answer["nextPageToken"]);
    }

    [Theory]
    [InlineData("workspaces/workspace_1", Workspace1)]
    [InlineData("executions/1", Training)]
    [InlineData("executions/2", Serving)]
    [InlineData("artifacts/1", Dataset)]
    [InlineData("artifacts/2", Model)]
    [InlineData("artifacts/3", Metrics)]
    public async Task Get_OfSdkRecord_ShowsAllFieldsWithTag(string path, string resource)
    {
        var answer = await database.Client.GetJson($"{HttpJson.Api}/{path}");

        answer.Expect(HttpStatusCode.OK);
        AssertSame(resource, answer.Json);
        Assert.Equal((string?)answer["etag"], answer.ETag);
    }

    [Theory]
    [InlineData("inputs", "[" + Dataset + "]", "2026-11-24T08:37:52.242Z")]
    [InlineData("outputs", "[" + Model + "," + Metrics + "]", "2026-11-24T08:37:52.251Z")]
    public async Task Links_OfSdkExecution_AreItsArtifacts(string direction, string artifacts, string firstTime)
    {
        var list = await database.Client.GetJson($"{HttpJson.Api}/executions/1/{direction}");
        var full = await database.Client.GetJson($"{HttpJson.Api}/executions/1?view=full");

        var items = list.Expect(HttpStatusCode.OK)["items"]!.AsArray();
        AssertSame(artifacts, new JsonArray([.. items.Select(item => item!["artifact"]!.DeepClone())]));
        Assert.All(items, item => Assert.True(item!.AsObject().ContainsKey("key") && item["key"] is null));
        Assert.Equal(firstTime, (string?)items[0]!["eventTime"]);
        Assert.Equal(items.ToJsonString(), full.Expect(HttpStatusCode.OK)[direction]!.ToJsonString());
    }

    [Fact]
    public async Task Lineage_OfSdkRun_StartsAtItsExecutions()
    {
        var answer = await database.Client.GetJson($"{Workspace}/runs/{Run}/lineage");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("run/workspace_1/run-2026-11-24T08%3A37%3A52.226936", (string?)answer["root"]);
        Assert.Equal(
            ["execution/1 0", "artifact/1 1", "artifact/2 1", "artifact/3 1", "execution/2 2"],
            answer["nodes"]!.AsArray().Select(node => $"{node!["ref"]} {node["hops"]}"));
        Assert.Equal(
            ["artifact/1 execution/1 INPUT", "execution/1 artifact/2 OUTPUT", "execution/1 artifact/3 OUTPUT", "artifact/2 execution/2 INPUT"],
            answer["edges"]!.AsArray().Select(edge => $"{edge!["from"]} {edge["to"]} {edge["event"]}"));
    }

    private static void AssertSame(string expected, JsonNode? actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(Etag().Replace(actual!.ToJsonString(), ""))!.ToJsonString());

    [GeneratedRegex(@",""etag"":""\\(u0022|"")[0-9a-f]{24}\\(u0022|"")""")]
    private static partial Regex Etag();
}

public sealed class SdkDatabaseAgainTests
{
    [Fact]
    public async Task Gateway_StartedTwiceOnTheSameFile_ReadsItAndWritesToIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder.CopyOf("Fixtures/sdk-demo.db");
        await using (var first = new GatewayFactory().With("EmbeddedStore:DatabasePath", path))
        {
            var model = """{"name": "next", "uri": "gs://b/next"}""";
            (await first.Client.PostJson($"{HttpJson.Api}/workspaces/workspace_1/models", model)).Expect(HttpStatusCode.Created);
        }

        await using var second = new GatewayFactory().With("EmbeddedStore:DatabasePath", path);
        var models = await second.Client.GetJson($"{HttpJson.Api}/workspaces/workspace_1/models");

        Assert.Equal(["MNIST", "next"], models.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string?)item!["name"]));
        Assert.Equal(["1", "2"], (await second.Client.GetJson($"{HttpJson.Api}/workspaces/workspace_1/executions"))["items"]!.AsArray().Select(item => (string?)item!["id"]));
    }
}
