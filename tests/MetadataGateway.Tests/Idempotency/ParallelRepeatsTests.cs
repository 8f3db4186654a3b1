using System.Net;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.Idempotency;

/// <summary>Many callers with one key, on two gateways in front of one MLMD: one of them records, all get it.</summary>
public sealed class ParallelRepeatsTests : IAsyncLifetime
{
    private const int Callers = 64;
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    private StoreServer _store = null!;
    private GatewayFactory[] _gateways = [];

    public static TheoryData<string, string> Requests => new()
    {
        { $"{Workspace}/executions", """{"name": "e"}""" },
        {
            $"{Workspace}/executions",
            """{"name": "e", "run": "r", "externalId": "theirs", "inputs": [{"kind": "dataset", "name": "d", "uri": "u"}], "outputs": [{"kind": "metrics", "name": "m", "uri": "u"}]}"""
        },
        { $"{HttpJson.Api}/workspaces/new/executions?createWorkspace=true", """{"name": "e", "run": "r"}""" },
        { $"{Workspace}/metrics", """{"name": "m", "uri": "u"}""" },
        { $"{Workspace}/models?ifExists=fail", """{"name": "m", "uri": "u"}""" },
        { $"{Workspace}/datasets", """{"name": "m", "uri": "u", "externalId": "theirs"}""" },
        { $"{Workspace}/artifacts:batchCreate", """{"requests": [{"kind": "metrics", "name": "m", "uri": "u"}, {"kind": "model", "name": "m", "uri": "u"}]}""" },
        { $"{HttpJson.Api}/executions/1/outputs", """{"kind": "metrics", "name": "m", "uri": "u"}""" },
    };

    public async Task InitializeAsync()
    {
        _store = await StoreServer.StartAsync();
        _gateways = [GatewayFactory.For(_store.Address), GatewayFactory.For(_store.Address)];
        foreach (var gateway in _gateways)
        {
            await gateway.BecomesReady();
        }

        (await _gateways[0].Client.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);
        Assert.Equal("1", await _gateways[0].Client.CreateAsync($"{Workspace}/executions", """{"name": "first"}"""));
    }

    public async Task DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Requests_WithOneKey_RecordOnce(string path, string body)
    {
        var before = await StoredRows.CountAsync(_gateways[0].Store);

        var answers = await SendAsync(path, _ => body);

        var first = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created).ExpectFirst();
        Assert.All(answers.Where(answer => answer != first), answer => answer.ExpectReplayOf(first));
        var after = await StoredRows.CountAsync(_gateways[0].Store);
        Assert.Equal(path.Contains("/executions", StringComparison.Ordinal) && !path.Contains("/outputs", StringComparison.Ordinal) ? 1 : 0, after.Executions - before.Executions);
        Assert.Equal(body.Split("\"kind\"").Length - 1 + (path.EndsWith("Create", StringComparison.Ordinal) ? 0 : KindIsInThePath(path)), after.Artifacts - before.Artifacts);
        Assert.Single((await _gateways[0].Store.GetContextsByTypeAsync(new() { TypeName = "metadata-gateway/request" })).Contexts);
    }

    // Upstream says ABORTED of a context whose external id is taken, for ever (defect D19): the gateway must not go on trying.
    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Requests_WithOneKeyOnUpstream_RecordOnceWithoutTryingInVain(string path, string body)
    {
        _store.Failure = (method, exception) =>
            method == "PutLineageSubgraph" && exception.StatusCode == StatusCode.AlreadyExists && exception.Status.Detail.Contains("another context", StringComparison.Ordinal)
                ? new RpcException(new Status(StatusCode.Aborted, "Concurrent creation of the context."))
                : exception;

        var answers = await SendAsync(path, _ => body);

        var first = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created).ExpectFirst();
        Assert.All(answers.Where(answer => answer != first), answer => answer.ExpectReplayOf(first));
        // Some more where the database makes victims of its own.
        Assert.InRange(_store.CallsOf("PutLineageSubgraph"), 2, MlmdProfile.Current == MlmdProfile.Embedded ? Callers + 1 : 2 * Callers);
    }

    [Fact]
    public async Task Requests_WithOneKeyAndTwoBodies_RecordOneOfThem()
    {
        var answers = await SendAsync($"{Workspace}/executions", i => $$"""{"name": "e{{i / 2 % 2}}"}""");

        var first = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal((Callers / 2) - 1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.OK), answer => answer.ExpectReplayOf(first));
        var others = answers.Where(answer => (int)answer.Status > 201).ToList();
        Assert.Equal(Callers / 2, others.Count);
        Assert.All(others, answer => answer.ExpectKeyReused());
    }

    [Fact]
    public async Task Requests_WithDifferentKeys_RecordEach()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i =>
            _gateways[i % 2].Client.PostKeyed($"{Workspace}/executions", """{"name": "e", "run": "r", "outputs": [{"kind": "dataset", "name": "d", "uri": "u"}]}""", $"k{i}")));

        Assert.All(answers, answer => answer.ExpectFirst());
        Assert.Equal(Callers, answers.Select(answer => (string?)answer["id"]).Distinct().Count());
        Assert.Single(answers.Select(answer => (string?)answer["outputs"]![0]!["artifact"]!["id"]).Distinct());
    }

    [Fact]
    public async Task Request_AbortedForAnotherReason_IsTriedAgain()
    {
        var aborts = 2;
        _store.Before = (method, _) => method == "PutLineageSubgraph" && Interlocked.Decrement(ref aborts) >= 0
            ? throw new RpcException(new Status(StatusCode.Aborted, ""))
            : Task.CompletedTask;
        var before = _store.CallsOf("PutLineageSubgraph");

        var answer = await _gateways[0].Client.PostKeyed($"{Workspace}/executions", """{"name": "e"}""", "k");

        answer.ExpectFirst();
        Assert.Equal(3, _store.CallsOf("PutLineageSubgraph") - before);
    }

    private Task<Answer[]> SendAsync(string path, Func<int, string> body) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(i => _gateways[i % 2].Client.PostKeyed(path, body(i), "one")));

    private static int KindIsInThePath(string path) => path.Contains("/metrics", StringComparison.Ordinal)
        || path.Contains("/models", StringComparison.Ordinal) || path.Contains("/datasets", StringComparison.Ordinal) ? 1 : 0;
}
