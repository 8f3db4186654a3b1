using System.Net;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.EmbeddedStore.Hosting;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.MetadataStore;

/// <summary>The API over HTTP/2 to an MLMD server is the same as over the embedded store in the process.</summary>
public sealed class RemoteStoreTests : IAsyncLifetime
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/remote";

    private EmbeddedMetadataStore _store = null!;
    private EmbeddedStoreServer _server = null!;
    private GatewayFactory _gateway = null!;

    public async Task InitializeAsync()
    {
        var options = new EmbeddedStoreOptions { DatabasePath = ":memory:", GrpcUrl = "http://127.0.0.1:0" };
        _store = EmbeddedMetadataStore.Open(options, TimeProvider.System);
        _server = await EmbeddedStoreServer.StartAsync(_store, options, null, null, default);
        _gateway = GatewayFactory.For(_server.Address);
        await _gateway.BecomesReady();
        await _gateway.Client.PutJson(Workspace, """{"labels": {"team": "vision"}}""");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Workspace_IsReadAndChanged()
    {
        var changed = await _gateway.Client.PatchJson(Workspace, """{"description": "d", "labels": {"stage": "dev"}}""");
        var read = await _gateway.Client.GetJson(Workspace);

        Assert.Equal("""{"team":"vision","stage":"dev"}""", read.Expect(HttpStatusCode.OK)["labels"]!.ToJsonString());
        Assert.Equal(read.Text, changed.Text);
        (await _gateway.Client.GetJson(Workspace, ("If-None-Match", read.ETag!))).Expect(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Execution_WithLinks_IsRecordedListedAndTraced()
    {
        var created = await _gateway.Client.PostJson($"{Workspace}/executions", """
            {"name": "train", "run": "run-1", "state": "RUNNING", "customProperties": {"gpu": "a100", "epochs": 12, "rate": 0.5},
             "inputs": [{"kind": "dataset", "name": "mnist", "uri": "s3://mnist", "key": "data"}],
             "outputs": [{"kind": "model", "name": "m", "uri": "s3://m", "version": "v1", "hyperparameters": {"layers": [10, 3]}, "key": "model"}]}
            """);
        created.Expect(HttpStatusCode.Created);
        var id = (string)created["id"]!;

        var patched = await _gateway.Client.PatchJson($"{HttpJson.Api}/executions/{id}", """{"state": "COMPLETE"}""", ("If-Match", created.ETag!));
        var ofRun = await _gateway.Client.GetJson($"{Workspace}/runs/run-1/executions");
        var models = await _gateway.Client.GetJson($"{Workspace}/models");
        var lineage = await _gateway.Client.GetJson($"{HttpJson.Api}/executions/{id}/lineage");

        Assert.Equal("COMPLETE", (string?)patched.Expect(HttpStatusCode.OK)["state"]);
        Assert.Equal(id, (string?)Assert.Single(ofRun["items"]!.AsArray())!["id"]);
        Assert.Equal("""{"layers":[10,3]}""", Assert.Single(models["items"]!.AsArray())!["hyperparameters"]!.ToJsonString());
        Assert.Equal(3, lineage["nodes"]!.AsArray().Count);
        Assert.Equal(2, lineage["edges"]!.AsArray().Count);
    }

    [Fact]
    public async Task Dataset_RecordedTwice_IsReused()
    {
        const string body = """{"name": "d", "uri": "u", "version": "v1"}""";

        var first = await _gateway.Client.PostJson($"{Workspace}/datasets", body);
        var second = await _gateway.Client.PostJson($"{Workspace}/datasets", body);

        first.Expect(HttpStatusCode.Created);
        second.Expect(HttpStatusCode.OK);
        Assert.Equal((string?)first["id"], (string?)second["id"]);
    }

    [Fact]
    public async Task Artifact_StaleTag_Returns412()
    {
        var created = await _gateway.Client.PostJson($"{Workspace}/metrics", """{"name": "m", "uri": "u", "values": {"accuracy": 0.9}}""");
        var path = $"{HttpJson.Api}/artifacts/{created["id"]}";
        await _gateway.Client.PatchJson(path, """{"values": {"accuracy": 0.95}}""");

        var stale = await _gateway.Client.PatchJson(path, """{"description": "d"}""", ("If-Match", created.ETag!));

        stale.ExpectProblem(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Lists_ArePagedThrough()
    {
        foreach (var run in Enumerable.Range(1, 5))
        {
            await _gateway.Client.PutJson($"{Workspace}/runs/r{run}", "{}");
        }

        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await _gateway.Client.GetJson($"{Workspace}/runs?pageSize=2&orderBy=id%20desc{(token is null ? "" : $"&pageToken={token}")}");
            names.AddRange(page.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string)item!["name"]!));
            token = (string?)page["nextPageToken"];
        }
        while (token is not null);

        Assert.Equal(["r5", "r4", "r3", "r2", "r1"], names);
    }
}
