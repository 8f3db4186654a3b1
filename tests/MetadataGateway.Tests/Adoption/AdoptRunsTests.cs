using System.Net;
using MetadataGateway.Adoption;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using Microsoft.Extensions.DependencyInjection;

namespace MetadataGateway.Tests.Adoption;

/// <summary>Runs of the SDK: a custom property on executions and artifacts, and for the caller like any other.</summary>
public sealed class AdoptRunsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    private SdkWriter Sdk => field ??= new(gateway.Store);

    [Fact]
    public async Task ListRuns_OfSdkRecords_GivesEachRunOnceWithItsContext()
    {
        var workspaceId = await Sdk.WorkspaceAsync("list");
        var executions = await Sdk.ExecutionsAsync("list", ["r 1", "r/2", "r 1", null]);

        var answer = await gateway.Client.GetJson($"{Workspaces}/list/runs");

        Assert.Equal(["r 1", "r/2"], answer.Expect(HttpStatusCode.OK).Names());
        Assert.True((bool)answer["scan"]!["complete"]!);
        Assert.Null(answer["nextPageToken"]);
        var run = await gateway.Store.GetContext((string?)answer["items"]![0]!["id"]);
        Assert.Equal(("kubeflow.org/alpha/run", $"{workspaceId}/r 1"), (run.Type, run.Name));
        Assert.Equal([executions[0], executions[2]], await ExecutionsOfAsync(run.Id));
        Assert.Equal([workspaceId], (await gateway.Store.GetParentContextsByContextAsync(new() { ContextId = run.Id })).Contexts.Select(parent => parent.Id));
    }

    [Fact]
    public async Task ListRuns_RightAfterTheSdkRecorded_HasTheRun()
    {
        await Sdk.WorkspaceAsync("young");
        for (var i = 0; i < 4; i++)
        {
            await Sdk.ExecutionAsync("young", $"r{i}");

            var answer = await gateway.Client.GetJson($"{Workspaces}/young/runs?orderBy=id%20desc");

            Assert.Equal($"r{i}", answer.Expect(HttpStatusCode.OK).Names()[0]);
            Assert.Equal(i + 1, answer.Names().Count);
        }
    }

    // The second name cannot stand in MLMD's filter, nor the third; the last would be taken for a column.
    [Theory]
    [InlineData("run-2026-11-24T08:37:52.226936")]
    [InlineData("it's 'new' é")]
    [NeedsData(StoreAbility.AnyText, "back \\ slash")]
    [InlineData("name")]
    public async Task GetRun_ThatOnlyAnExecutionNames_IsARun(string run)
    {
        var workspace = $"get {run}";
        await Sdk.WorkspaceAsync(workspace);
        var executionId = await Sdk.ExecutionAsync(workspace, run);

        var answer = await gateway.Client.GetJson(PathOf(workspace, run));

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal((run, workspace, null), ((string?)answer["name"], (string?)answer["workspace"], (string?)answer["description"]));
        Assert.Equal([executionId], await ExecutionsOfAsync(long.Parse((string)answer["id"]!)));
        Assert.Equal(answer.Text, (await gateway.Client.GetJson(PathOf(workspace, run))).Text);
    }

    [Theory]
    [InlineData("r")]
    [InlineData("it's")]
    public async Task GetRun_ThatOnlyAnArtifactNames_IsARun(string run)
    {
        var workspace = $"artifact {run}";
        await Sdk.WorkspaceAsync(workspace);
        var artifactId = await Sdk.ArtifactAsync(SdkWriter.ModelType, workspace, run, SdkWriter.ModelMeta("{}", "{}"));

        var answer = await gateway.Client.GetJson(PathOf(workspace, run));

        answer.Expect(HttpStatusCode.OK);
        Assert.Contains((string?)answer["id"], (await gateway.Store.GetContextsOf(artifactId)).Select(context => $"{context.Id}"));
    }

    [Fact]
    public async Task GetRun_WithANameOfAnotherCase_Returns404()
    {
        await Sdk.WorkspaceAsync("case");
        await Sdk.ExecutionAsync("case", "Run");

        (await gateway.Client.GetJson($"{Workspaces}/case/runs/run")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{Workspaces}/case/runs/Run")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task UpdateRun_OfTheSdk_ChangesItLikeAnyOther()
    {
        await Sdk.WorkspaceAsync("patch");
        await Sdk.ExecutionAsync("patch", "r");

        var answer = await gateway.Client.PatchJson($"{Workspaces}/patch/runs/r", """{"description": "d", "labels": {"a": "b"}}""");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(("d", """{"a":"b"}"""), ((string?)answer["description"], answer["labels"].Raw()));
        Assert.Equal(answer.Text, (await gateway.Client.GetJson($"{Workspaces}/patch/runs/r")).Text);
    }

    [Fact]
    public async Task PutRun_OfTheSdk_IsAChangeAndNotACreation()
    {
        await Sdk.WorkspaceAsync("put");
        await Sdk.ExecutionsAsync("put", ["r", " odd "]);

        (await gateway.Client.PutJson($"{Workspaces}/put/runs/r", "{}", ("If-None-Match", "*"))).ExpectProblem(HttpStatusCode.PreconditionFailed);
        (await gateway.Client.PutJson($"{Workspaces}/put/runs/r", """{"description": "d"}""")).Expect(HttpStatusCode.OK);
        // A new run of that name would be refused.
        (await gateway.Client.PutJson($"{Workspaces}/put/runs/%20odd%20", """{"description": "d"}""")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CreateRun_OfTheSdk_GivesTheOneThatIsThere()
    {
        await Sdk.WorkspaceAsync("post");
        await Sdk.ExecutionsAsync("post", ["r", "s"]);

        var reused = await gateway.Client.PostJson($"{Workspaces}/post/runs", """{"name": "r", "description": "d"}""");
        var refused = await gateway.Client.PostJson($"{Workspaces}/post/runs", """{"name": "s", "reuseIfExists": false}""");

        Assert.Null(reused.Expect(HttpStatusCode.OK)["description"]);
        refused.ExpectProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task ListRuns_OfALongName_KeepsIt()
    {
        var name = new string('é', 400);
        await Sdk.WorkspaceAsync("long");
        await Sdk.ExecutionAsync("long", name);

        var answer = await gateway.Client.GetJson($"{Workspaces}/long/runs");

        Assert.Equal([name], answer.Expect(HttpStatusCode.OK).Names());
        Assert.InRange((await gateway.Store.GetContext((string?)answer["items"]![0]!["id"])).Name.Length, 1, 255);
        Assert.Equal(answer["items"]![0].Raw(), (await gateway.Client.GetJson(PathOf("long", name))).Text);
    }

    [Fact]
    public async Task Adoption_OfARunThatHasAContext_LeavesItAsItIs()
    {
        await Sdk.WorkspaceAsync("both");
        var made = await gateway.Client.PutJson($"{Workspaces}/both/runs/r", """{"description": "d"}""");
        var executionId = await Sdk.ExecutionAsync("both", "r");

        var answer = await gateway.Client.GetJson($"{Workspaces}/both/runs");

        Assert.Equal(made.Text, answer["items"]!.AsArray().Single().Raw());
        Assert.Equal([executionId], await ExecutionsOfAsync(long.Parse((string)made["id"]!)));
    }

    [Theory]
    [InlineData("no-context", "r")]
    [InlineData("blank", "")]
    public async Task Adoption_OfRecordsOfNoRun_MakesNone(string workspace, string run)
    {
        if (workspace == "blank")
        {
            await Sdk.WorkspaceAsync(workspace);
        }

        var executionId = await Sdk.ExecutionAsync(workspace, run);
        var before = await StoredRows.CountAsync(gateway.Store);

        await AdoptExecutionsAsync();

        Assert.Equal(before, await StoredRows.CountAsync(gateway.Store));
        Assert.Equal(run.Length == 0 ? null : run, (string?)(await gateway.Client.GetJson($"{HttpJson.Api}/executions/{executionId}"))["run"]);
    }

    [Fact]
    public async Task ListRuns_BesideRecordsThatTheStoreRefuses_ShowsTheOthers()
    {
        await using var refusing = new GatewayFactory { Profile = MlmdProfile.PostgreSql }.With("MetadataStore:AllowPostgreSql", "true");
        var sdk = new SdkWriter(refusing.Store);
        await sdk.WorkspaceAsync("w");
        await sdk.ExecutionAsync("back\\slash", "r");
        await sdk.ExecutionsAsync("w", ["a", "back\\slash", "b"]);

        var answer = await refusing.Client.GetJson($"{Workspaces}/w/runs");

        Assert.Equal(["a", "b"], answer.Expect(HttpStatusCode.OK).Names());
        Assert.True((bool)answer["scan"]!["complete"]!);
    }

    [Fact]
    public async Task Adoption_OfTheGatewaysOwnRecords_ChangesNothing()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.CreateAsync($"{workspace}/executions", """{"name": "e", "run": "r", "outputs": [{"kind": "metrics", "name": "m", "uri": "u", "values": {"a": 0.5}}]}""");
        await AdoptExecutionsAsync();
        var (runs, artifacts) = ((await gateway.Client.GetJson($"{workspace}/runs")).Text, (await gateway.Client.GetJson($"{workspace}/artifacts")).Text);

        Assert.True((await gateway.Services.GetRequiredService<RecordAdoption>().AdoptArtifactsAsync(5000, default)).IsComplete);

        Assert.Equal(runs, (await gateway.Client.GetJson($"{workspace}/runs")).Text);
        Assert.Equal(artifacts, (await gateway.Client.GetJson($"{workspace}/artifacts")).Text);
    }

    [Fact]
    public async Task ListRuns_WhenNothingIsNew_IsTwoReads()
    {
        await Sdk.WorkspaceAsync("steady");
        await Sdk.ExecutionsAsync("steady", ["a", "b"]);
        await gateway.Client.GetJson($"{Workspaces}/steady/runs");

        gateway.Calls.Clear();
        (await gateway.Client.GetJson($"{Workspaces}/steady/runs")).Expect(HttpStatusCode.OK);

        Assert.Equal(["GetExecutions", "GetContextsByType"], gateway.Calls.Methods);
    }

    private static string PathOf(string workspace, string run) => $"{Workspaces}/{Uri.EscapeDataString(workspace)}/runs/{Uri.EscapeDataString(run)}";

    private async Task AdoptExecutionsAsync() =>
        Assert.True((await gateway.Services.GetRequiredService<RecordAdoption>().AdoptExecutionsAsync(1000, default)).IsComplete);

    private async Task<IEnumerable<long>> ExecutionsOfAsync(long contextId) =>
        (await gateway.Store.GetExecutionsByContextAsync(new() { ContextId = contextId })).Executions.Select(execution => execution.Id);
}
