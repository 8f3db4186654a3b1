using System.Net;
using Grpc.Core;
using MetadataGateway.Adoption;
using MetadataGateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MlMetadata;

namespace MetadataGateway.Tests.Adoption;

/// <summary>How far adoption has come: kept in MLMD, across restarts and replicas.</summary>
public sealed class AdoptionStateTests : IAsyncLifetime
{
    private const string Runs = $"{HttpJson.Api}/workspaces/w/runs";

    private readonly MovedClock _clock = new();
    private StoreServer _store = null!;
    private GatewayFactory _gateway = null!;
    private SdkWriter _sdk = null!;

    public async Task InitializeAsync()
    {
        _store = await StoreServer.StartAsync();
        _gateway = await StartAsync();
        _sdk = new SdkWriter(_gateway.Store);
        await _sdk.WorkspaceAsync("w");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Advance_PastOldRecords_KeepsThePositionAsText()
    {
        var ids = await _sdk.ExecutionsAsync("w", Enumerable.Repeat("r", 120));
        _clock.Ahead = TimeSpan.FromMinutes(2);

        await AdvanceAsync(_gateway);

        var state = await FindStateAsync("executions");
        Assert.Equal($"{ids[^1]}", state!.CustomProperties["position"].StringValue);
        Assert.NotEmpty(state.CustomProperties["token"].StringValue);
        Assert.Null(await FindStateAsync("artifacts"));
    }

    [Fact]
    public async Task Advance_PastYoungRecords_KeepsNoPosition()
    {
        await _sdk.ExecutionAsync("w", "r");

        await AdvanceAsync(_gateway);

        Assert.Null(await FindStateAsync("executions"));
        Assert.Equal(["r"], (await _gateway.Client.GetJson(Runs)).Names());
    }

    [Fact]
    public async Task State_IsHiddenFromTheApi()
    {
        await _sdk.ExecutionAsync("w", "r");
        _clock.Ahead = TimeSpan.FromMinutes(2);
        await AdvanceAsync(_gateway);

        var id = (await FindStateAsync("executions"))!.Id;

        (await _gateway.Client.GetJson($"{HttpJson.Api}/contexts/{id}")).ExpectProblem(HttpStatusCode.NotFound);
        Assert.DoesNotContain("metadata-gateway/", (await _gateway.Client.GetJson($"{HttpJson.Api}/contexts")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("metadata-gateway/", (await _gateway.Client.GetJson($"{HttpJson.Api}/contextTypes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_GoesOnAtThePositionAndWritesNothing()
    {
        await _sdk.ExecutionsAsync("w", Enumerable.Range(0, 350).Select(i => $"r{i % 7}"));
        await _sdk.ArtifactAsync(SdkWriter.ModelType, "w", "r0", SdkWriter.ModelMeta("""{"a": "b"}""", "{}"));
        _clock.Ahead = TimeSpan.FromMinutes(2);
        await AdvanceAsync(_gateway);
        await _gateway.DisposeAsync();

        _gateway = await StartAsync();
        var before = CountCalls();
        await AdvanceAsync(_gateway);

        Assert.Equal((1, 1, 0, 0, 0), Difference(before, CountCalls()));
    }

    [Fact]
    public async Task LostPosition_IsFoundAgainWithoutHarm()
    {
        await _sdk.ExecutionsAsync("w", Enumerable.Range(0, 150).Select(i => $"r{i % 7}"));
        _clock.Ahead = TimeSpan.FromMinutes(2);
        await AdvanceAsync(_gateway);
        var state = (await FindStateAsync("executions"))!;
        state.CustomProperties.Clear();
        await _gateway.Store.PutContextsAsync(new() { Contexts = { state } });
        var before = await StoredRows.CountAsync(_gateway.Store);
        await _gateway.DisposeAsync();

        _gateway = await StartAsync();
        await AdvanceAsync(_gateway);

        Assert.Equal(before, await StoredRows.CountAsync(_gateway.Store));
        Assert.NotEmpty((await FindStateAsync("executions"))!.CustomProperties["position"].StringValue);
    }

    [Fact]
    public async Task Position_OfAReplicaAhead_IsTaken()
    {
        await _sdk.ExecutionsAsync("w", Enumerable.Repeat("r", 450));
        _clock.Ahead = TimeSpan.FromMinutes(2);
        await using var other = await StartAsync();
        await other.Services.GetRequiredService<RecordAdoption>().AdvanceAsync(150, default);
        await AdvanceAsync(_gateway);
        var position = (await FindStateAsync("executions"))!.CustomProperties["position"].StringValue;

        // Its own is behind: it reads on from there, and the stored one does not go back.
        await other.Services.GetRequiredService<RecordAdoption>().AdvanceAsync(100, default);
        Assert.Equal(position, (await FindStateAsync("executions"))!.CustomProperties["position"].StringValue);
        var before = CountCalls();
        await AdvanceAsync(other);

        Assert.InRange(Difference(before, CountCalls()).Executions, 1, 1);
    }

    [Fact]
    public async Task TwoReplicas_AtOnce_GiveEachRunOneContext()
    {
        await using var other = await StartAsync();
        await _sdk.ExecutionsAsync("w", Enumerable.Range(0, 600).Select(i => $"r{i % 60}"));
        for (var i = 0; i < 30; i++)
        {
            await _sdk.ArtifactAsync(SdkWriter.ModelType, "w", $"r{i}", SdkWriter.ModelMeta($$"""{"n": "{{i}}"}""", "{}"));
        }

        await Task.WhenAll(AdvanceAsync(_gateway), AdvanceAsync(other), _gateway.Client.GetJson(Runs), other.Client.GetJson($"{Runs}?orderBy=id%20desc"), other.Client.GetJson($"{Runs}/r7"));

        var runs = (await _gateway.Store.GetContextsByTypeAsync(new() { TypeName = "kubeflow.org/alpha/run" })).Contexts;
        Assert.Equal(60, runs.Count);
        foreach (var run in runs)
        {
            Assert.Equal(10, (await _gateway.Store.GetExecutionsByContextAsync(new() { ContextId = run.Id })).Executions.Count);
        }

        var artifacts = (await _gateway.Store.GetArtifactsAsync(new())).Artifacts;
        Assert.All(artifacts, artifact => Assert.Contains("labels.n", artifact.CustomProperties.Keys));
        Assert.Equal(60, (await other.Client.NamesOfAllPages(Runs, 7)).Distinct().Count());
    }

    [Fact]
    public async Task StoreAwayInBetween_StopsAdoptionAndLosesNothing()
    {
        await _sdk.ExecutionsAsync("w", Enumerable.Range(0, 350).Select(i => $"r{i % 7}"));
        _clock.Ahead = TimeSpan.FromMinutes(2);
        var calls = 0;
        _store.Before = (method, _) => method == "PutAttributionsAndAssociations" && Interlocked.Increment(ref calls) is 3 or 4
            ? throw new RpcException(new Status(StatusCode.Unavailable, "away"))
            : Task.CompletedTask;

        await Assert.ThrowsAsync<RpcException>(() => AdvanceAsync(_gateway));
        (await _gateway.Client.GetJson(Runs)).ExpectProblem(HttpStatusCode.ServiceUnavailable);
        await AdvanceAsync(_gateway);

        var runs = (await _gateway.Store.GetContextsByTypeAsync(new() { TypeName = "kubeflow.org/alpha/run" })).Contexts;
        var executions = await Task.WhenAll(runs.Select(async run => (await _gateway.Store.GetExecutionsByContextAsync(new() { ContextId = run.Id })).Executions.Count));
        Assert.Equal((7, 350), (runs.Count, executions.Sum()));
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.FailedPrecondition)]
    public async Task StoreThatTakesNoWrites_StillListsAndReads(StatusCode status)
    {
        (await _gateway.Client.PutJson($"{Runs}/made", "{}")).Expect(HttpStatusCode.Created);
        await _sdk.ExecutionsAsync("w", ["named", "other", "third"]);
        _store.Before = (method, _) => method.StartsWith("Put", StringComparison.Ordinal) ? throw new RpcException(new Status(status, "read-only")) : Task.CompletedTask;

        var list = await _gateway.Client.GetJson(Runs);
        var run = await _gateway.Client.GetJson($"{Runs}/named");

        Assert.Equal(["made"], list.Expect(HttpStatusCode.OK).Names());
        Assert.False((bool)list["scan"]!["complete"]!);
        Assert.Null(list["nextPageToken"]);
        Assert.Equal(("named", null), ((string?)run.Expect(HttpStatusCode.OK)["name"], (string?)run["id"]));
    }

    [Fact]
    public async Task RecordThatTheStoreRefuses_DoesNotKeepTheOthers()
    {
        await _sdk.ExecutionsAsync("w", ["a", "b", "c"]);
        var calls = 0;
        // The three together, then the second alone.
        _store.Before = (method, _) => method == "PutLineageSubgraph" && Interlocked.Increment(ref calls) is 1 or 3
            ? throw new RpcException(new Status(StatusCode.Internal, "too odd"))
            : Task.CompletedTask;

        var answer = await _gateway.Client.GetJson(Runs);

        Assert.Equal(["a", "c"], answer.Expect(HttpStatusCode.OK).Names());
        Assert.True((bool)answer["scan"]!["complete"]!);
    }

    [Fact]
    public async Task ArtifactThatSomebodyChangesMeanwhile_KeepsThatAndGetsItsMembers()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await _sdk.ArtifactAsync(SdkWriter.ModelType, "w", null, SdkWriter.ModelMeta("""{"a": "b"}""", "{}")));
        }

        var puts = 0;
        _store.Before = async (method, _) =>
        {
            if (method == "PutArtifacts" && Interlocked.Increment(ref puts) == 1)
            {
                (await _gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{ids[1]}", """{"owner": "me", "labels": {"a": "new"}, "customProperties": {"x": 1}}""")).Expect(HttpStatusCode.OK);
            }
        };

        Assert.True((await _gateway.Services.GetRequiredService<RecordAdoption>().AdoptArtifactsAsync(5000, default)).IsComplete);

        foreach (var id in ids)
        {
            Assert.Equal(id == ids[1] ? "new" : "b", (await _gateway.Store.GetArtifact(id)).CustomProperties["labels.a"].StringValue);
        }

        var changed = await _gateway.Store.GetArtifact(ids[1]);
        Assert.Equal(("me", 1), (changed.Properties["owner"].StringValue, changed.CustomProperties["x"].IntValue));
    }

    private async Task<GatewayFactory> StartAsync()
    {
        var gateway = GatewayFactory.For(_store.Address).With(_clock);
        await gateway.BecomesReady();
        return gateway;
    }

    private static async Task AdvanceAsync(GatewayFactory gateway)
    {
        var adoption = gateway.Services.GetRequiredService<RecordAdoption>();
        for (var patience = 100; ; patience--)
        {
            Assert.True(patience > 0, "Adoption comes to no end.");
            var (executions, artifacts) = await adoption.AdvanceAsync(100, default);
            if (executions.IsComplete && artifacts.IsComplete)
            {
                return;
            }
        }
    }

    private async Task<Context?> FindStateAsync(string list) =>
        (await _gateway.Store.GetContextByTypeAndNameAsync(new() { TypeName = AdoptionState.TypeName, ContextName = $"adoption/{list}" })).Context;

    private (int Executions, int Artifacts, int Contexts, int Attached, int Updated) CountCalls() => (
        _store.CallsOf("GetExecutions"), _store.CallsOf("GetArtifacts"), _store.CallsOf("PutContexts") + _store.CallsOf("PutLineageSubgraph"),
        _store.CallsOf("PutAttributionsAndAssociations"), _store.CallsOf("PutArtifacts"));

    private static (int Executions, int Artifacts, int Contexts, int Attached, int Updated) Difference(
        (int Executions, int Artifacts, int Contexts, int Attached, int Updated) before, (int Executions, int Artifacts, int Contexts, int Attached, int Updated) after) =>
        (after.Executions - before.Executions, after.Artifacts - before.Artifacts, after.Contexts - before.Contexts, after.Attached - before.Attached, after.Updated - before.Updated);
}
