using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Interoperability;

public sealed class PipelineDatabaseTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Fact]
    public async Task EveryRecord_IsReadableEverywhere()
    {
        var executions = 0;
        for (var answer = await GetAsync("executions/1"); answer.Status == HttpStatusCode.OK; answer = await GetAsync($"executions/{++executions + 1}"))
        {
            var full = (await GetAsync($"executions/{answer["id"]}?view=full")).Expect(HttpStatusCode.OK);
            Assert.StartsWith(answer.Text[..^1], full.Text, StringComparison.Ordinal);
            (await GetAsync($"executions/{answer["id"]}/lineage?format=mermaid")).Expect(HttpStatusCode.OK);
        }

        var artifacts = 0;
        for (var answer = await GetAsync("artifacts/1"); answer.Status == HttpStatusCode.OK; answer = await GetAsync($"artifacts/{++artifacts + 1}"))
        {
            foreach (var part in new[] { "producers", "consumers", "lineage" })
            {
                (await GetAsync($"artifacts/{answer["id"]}/{part}")).Expect(HttpStatusCode.OK);
            }
        }

        Assert.Equal((10, 9), (executions, artifacts));
    }

    [Fact]
    public async Task ContainerExecution_ShowsItsNamesStateAndParameters()
    {
        var answer = (await GetAsync("executions/4?view=full")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            ("train", "system.ContainerExecution", "COMPLETE", null, null),
            ((string?)answer["name"], (string?)answer["type"], (string?)answer["state"], (string?)answer["workspace"], (string?)answer["run"]));
        Assert.Equal("""{"epochs":5,"rate":0.01}""", answer["customProperties"]!["inputs"]!.ToJsonString());
        Assert.Equal("1", answer["customProperties"]!["parent_dag_id"]!.ToJsonString());
        Assert.Equal("train", (string?)answer["customProperties"]!["task_name"]);
        Assert.False(answer["customProperties"]!.AsObject().ContainsKey("store_session_info"));
        Assert.Equal(["training_data"], answer["inputs"]!.AsArray().Select(link => (string?)link!["key"]));
        Assert.Equal(["model", "metrics"], answer["outputs"]!.AsArray().Select(link => (string?)link!["key"]));
        Assert.Equal(["model", "metrics"], answer["outputs"]!.AsArray().Select(link => (string?)link!["artifact"]!["kind"]));
    }

    [Fact]
    public async Task Artifacts_AreOfTheKindsOfTheirTypes()
    {
        var kinds = new Dictionary<string, string>();
        for (var id = 1; await GetAsync($"artifacts/{id}") is { Status: HttpStatusCode.OK } answer; id++)
        {
            kinds[(string)answer["type"]!] = (string)answer["kind"]!;
            Assert.False(answer["customProperties"]!.AsObject().ContainsKey("store_session_info"));
        }

        Assert.Equal("dataset", kinds["system.Dataset"]);
        Assert.Equal("model", kinds["system.Model"]);
        Assert.Equal("metrics", kinds["system.Metrics"]);
        Assert.Equal("artifact", kinds["system.HTML"]);
    }

    [Fact]
    public async Task Lineage_OfTheModel_ReachesTheImportedFile()
    {
        var answer = (await GetAsync("artifacts/4/lineage?direction=upstream")).Expect(HttpStatusCode.OK);

        Assert.Equal("artifact/4", (string?)answer["nodes"]![0]!["ref"]);
        Assert.Contains("artifact/1", answer["nodes"]!.AsArray().Select(node => (string?)node!["ref"]));
        Assert.False((bool)answer["truncated"]!);
    }

    [Fact]
    public async Task UpdateExecution_OfPipelines_LeavesTheRestAlone()
    {
        var before = (await GetAsync("executions/5")).Json!.AsObject();

        var after = (await database.Client.PatchJson($"{HttpJson.Api}/executions/5", """{"customProperties": {"note": "seen"}}""")).Expect(HttpStatusCode.OK).Json!.AsObject();

        Assert.Equal("seen", (string?)after["customProperties"]!["note"]);
        after["customProperties"]!.AsObject().Remove("note");
        foreach (var changing in new[] { "updateTime", "etag" })
        {
            before.Remove(changing);
            after.Remove(changing);
        }

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    private Task<Answer> GetAsync(string path) => database.Client.GetJson($"{HttpJson.Api}/{path}");
}
