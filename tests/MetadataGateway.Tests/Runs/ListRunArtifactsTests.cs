using System.Net;
using System.Text.Json.Nodes;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Runs;

public sealed class ListRunArtifactsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Fact]
    public async Task ListRunArtifacts_OfReadAndWrittenOnes_ShowsEachOnceWithItsRole()
    {
        await gateway.Client.PutJson($"{Workspaces}/roles", "{}");
        await Execute("roles", "earlier", [], [Dataset("raw")]);
        await Execute("roles", "r", [Dataset("raw")], [Dataset("clean")]);
        await Execute("roles", "r", [Dataset("clean"), Dataset("raw")], [Dataset("result")]);
        await Execute("roles", "later", [Dataset("result")], [Dataset("report")]);

        var answer = await gateway.Client.GetJson($"{Workspaces}/roles/runs/r/artifacts");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(["raw INPUT earlier", "clean BOTH r", "result OUTPUT r"], Shown(answer));
        Assert.True((bool?)answer["scan"]!["complete"]);
        var first = answer["items"]![0]!["artifact"]!;
        Assert.Equal((await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{(string)first["id"]!}")).Text, first.Raw());
    }

    [Fact]
    public async Task ListRunArtifacts_OfADeletedOne_ShowsItWithItsState()
    {
        await gateway.Client.PutJson($"{Workspaces}/deleted", "{}");
        var execution = await Execute("deleted", "r", [], [Dataset("d")]);
        await gateway.Client.SendText(HttpMethod.Delete, $"{HttpJson.Api}/artifacts/{(string)execution["outputs"]![0]!["artifact"]!["id"]!}", null);

        var answer = await gateway.Client.GetJson($"{Workspaces}/deleted/runs/r/artifacts");

        Assert.Equal("MARKED_FOR_DELETION", (string?)answer.Expect(HttpStatusCode.OK)["items"]![0]!["artifact"]!["state"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(1000)]
    public async Task ListRunArtifacts_PageByPage_GivesTheSameAsOnOnePage(int pageSize)
    {
        var workspace = $"pages{pageSize}";
        await gateway.Client.PutJson($"{Workspaces}/{workspace}", "{}");
        await Execute(workspace, "r", [Dataset("a"), Dataset("b")], [Dataset("c"), Dataset("d")]);
        await Execute(workspace, "other", [Dataset("c")], [Dataset("x")]);
        await Execute(workspace, "r", [Dataset("d"), Dataset("a")], [Dataset("e"), Dataset("f"), Dataset("b")]);

        var all = await AllPages(gateway, $"{Workspaces}/{workspace}/runs/r/artifacts", pageSize);

        Assert.Equal(["a INPUT r", "b BOTH r", "c OUTPUT r", "d BOTH r", "e OUTPUT r", "f OUTPUT r"], all);
    }

    [Fact]
    public async Task ListRunArtifacts_BeyondTheScanBudget_GoesOnWithATokenAndLosesNothing()
    {
        await using var small = new GatewayFactory().With("Limits:ScanBudget", "3");
        await small.Client.PutJson($"{Workspaces}/w", "{}");
        for (var i = 0; i < 8; i++)
        {
            (await small.Client.PostJson($"{Workspaces}/w/executions", Execution("r", [Dataset("shared")], [Dataset($"{i}")]))).Expect(HttpStatusCode.Created);
        }

        var first = await small.Client.GetJson($"{Workspaces}/w/runs/r/artifacts");
        var all = await AllPages(small, $"{Workspaces}/w/runs/r/artifacts", 50);

        Assert.Equal("""{"examined":3,"complete":false}""", first.Expect(HttpStatusCode.OK)["scan"].Raw());
        Assert.NotNull(first["nextPageToken"]);
        Assert.Equal(["shared INPUT r", .. Enumerable.Range(0, 8).Select(i => $"{i} OUTPUT r")], all);
    }

    [Fact]
    public async Task ListRunArtifacts_OverManyPagesOfTheStore_ShowsSharedOnesOnce()
    {
        await gateway.Client.PutJson($"{Workspaces}/many", "{}");
        for (var i = 0; i < 130; i++)
        {
            await Execute("many", "r", [Dataset("shared")], [Dataset($"{i}")]);
        }

        var all = await AllPages(gateway, $"{Workspaces}/many/runs/r/artifacts", 60);

        Assert.Equal(["shared INPUT r", .. Enumerable.Range(0, 130).Select(i => $"{i} OUTPUT r")], all);
    }

    [Fact]
    public async Task ListRunArtifacts_OfARunOfTheSdk_ShowsWhatItsExecutionsUsed()
    {
        await gateway.Client.PutJson($"{Workspaces}/sdk", "{}");
        await gateway.Client.PutJson($"{Workspaces}/elsewhere", "{}");
        var dataset = (await gateway.Client.PostJson($"{Workspaces}/elsewhere/datasets", Dataset("foreign"))).Expect(HttpStatusCode.Created);
        await gateway.Client.PostJson($"{Workspaces}/elsewhere/executions", Execution("notebook", [Dataset("foreign")], []));
        await PutSdkExecution("sdk", "notebook", long.Parse((string)dataset["id"]!));

        var answer = await gateway.Client.GetJson($"{Workspaces}/sdk/runs/notebook/artifacts");

        Assert.Equal(["foreign INPUT "], Shown(answer.Expect(HttpStatusCode.OK)));
    }

    [Fact]
    public async Task ListRunArtifacts_OfARunThatUsedNothing_IsEmpty()
    {
        await gateway.Client.PutJson($"{Workspaces}/nothing", "{}");
        await gateway.Client.PutJson($"{Workspaces}/nothing/runs/declared", "{}");
        await PutSdkExecution("nothing", "sdk", null);

        var declared = await gateway.Client.GetJson($"{Workspaces}/nothing/runs/declared/artifacts");
        var sdk = await gateway.Client.GetJson($"{Workspaces}/nothing/runs/sdk/artifacts");

        Assert.Equal("[]", declared.Expect(HttpStatusCode.OK)["items"].Raw());
        Assert.Equal("[]", sdk.Expect(HttpStatusCode.OK)["items"].Raw());
    }

    [Theory]
    [InlineData("known", "unknown")]
    [InlineData("unknown", "unknown")]
    public async Task ListRunArtifacts_OfAnUnknownRunOrWorkspace_Returns404(string workspace, string run)
    {
        await gateway.Client.PutJson($"{Workspaces}/known", "{}");

        var answer = await gateway.Client.GetJson($"{Workspaces}/{workspace}/runs/{run}/artifacts");

        answer.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageToken=x", "pageToken")]
    [InlineData("filter=id%3D1", "filter")]
    [InlineData("orderBy=id", "orderBy")]
    public async Task ListRunArtifacts_WithABadParameter_Returns400(string query, string path)
    {
        await gateway.Client.PutJson($"{Workspaces}/bad", "{}");
        await gateway.Client.PutJson($"{Workspaces}/bad/runs/r", "{}");

        var answer = await gateway.Client.GetJson($"{Workspaces}/bad/runs/r/artifacts?{query}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    private static async Task<IReadOnlyList<string>> AllPages(GatewayFactory gateway, string list, int pageSize)
    {
        var shown = new List<string>();
        string? token = null;
        do
        {
            var answer = await gateway.Client.GetJson($"{list}?pageSize={pageSize}{(token is null ? "" : $"&pageToken={token}")}");
            var page = Shown(answer.Expect(HttpStatusCode.OK));
            Assert.True(page.Count <= pageSize, answer.Text);
            shown.AddRange(page);
            token = (string?)answer["nextPageToken"];
        }
        while (token is not null);

        return shown;
    }

    private static IReadOnlyList<string> Shown(Answer answer) =>
        [.. answer["items"]!.AsArray().Select(item => $"{(string?)item!["artifact"]!["name"]} {(string?)item["role"]} {(string?)item["artifact"]!["run"]}")];

    private static string Dataset(string name) => $$"""{"kind": "dataset", "name": "{{name}}", "uri": "file://{{name}}"}""";

    private static string Execution(string run, string[] inputs, string[] outputs) =>
        $$"""{"name": "e", "run": "{{run}}", "inputs": [{{string.Join(',', inputs)}}], "outputs": [{{string.Join(',', outputs)}}]}""";

    private async Task<JsonNode> Execute(string workspace, string run, string[] inputs, string[] outputs) =>
        (await gateway.Client.PostJson($"{Workspaces}/{workspace}/executions", Execution(run, inputs, outputs))).Expect(HttpStatusCode.Created).Json!;

    private async Task PutSdkExecution(string workspace, string run, long? input)
    {
        var type = await gateway.Store.GetExecutionTypeAsync(new() { TypeName = "kubeflow.org/alpha/execution" });
        var context = await gateway.Store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = workspace });
        var execution = new Execution { TypeId = type.ExecutionType.Id };
        execution.CustomProperties["__kf_workspace__"] = StoredNodes.Text(workspace);
        execution.CustomProperties["__kf_run__"] = StoredNodes.Text(run);
        var id = (await gateway.Store.PutExecutionsAsync(new() { Executions = { execution } })).ExecutionIds.Single();
        await gateway.Store.PutAttributionsAndAssociationsAsync(new() { Associations = { new Association { ExecutionId = id, ContextId = context.Context.Id } } });
        if (input is { } artifactId)
        {
            var read = new Event { ArtifactId = artifactId, ExecutionId = id, Type = Event.Types.Type.Input };
            await gateway.Store.PutEventsAsync(new() { Events = { read } });
        }
    }
}
