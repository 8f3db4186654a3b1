using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.Artifacts;

/// <summary>Two gateways in front of one MLMD: what holds across them holds by MLMD's own checks, not by a lock of the process.</summary>
public sealed class TwoReplicasTests : IAsyncLifetime
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    private StoreServer _store = null!;
    private GatewayFactory[] _gateways = [];

    public async Task InitializeAsync()
    {
        _store = await StoreServer.StartAsync();
        _gateways = [GatewayFactory.For(_store.Address), GatewayFactory.For(_store.Address)];
        foreach (var gateway in _gateways)
        {
            await gateway.BecomesReady();
        }

        (await _gateways[0].Client.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);
    }

    public async Task DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    [Fact]
    public async Task CreateArtifact_OnBothAtOnce_MakesOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            _gateways[i % 2].Client.PostJson($"{Workspace}/models", """{"name": "m", "uri": "u", "run": "r"}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(63, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => (string?)answer["id"]).Distinct());
    }

    [NeedsFact(StoreAbility.CheckedUpdates)]
    public async Task UpdateArtifact_OnBothAtOnce_KeepsWhatEachChanged()
    {
        var created = await _gateways[0].Client.PostJson($"{Workspace}/models", """{"name": "m", "uri": "u"}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            _gateways[i % 2].Client.PatchJson(created.Location!, $$$"""{"labels": {"l{{{i}}}": "x"}}""")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        Assert.Equal(12, (await _gateways[1].Client.GetJson(created.Location!))["labels"]!.AsObject().Count);
    }

    [NeedsFact(StoreAbility.CheckedUpdates)]
    public async Task UpdateArtifact_OnBothWithOneTag_LetsOneWin()
    {
        var created = await _gateways[0].Client.PostJson($"{Workspace}/models", """{"name": "m", "uri": "u"}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            _gateways[i % 2].Client.PatchJson(created.Location!, $$"""{"description": "{{i}}"}""", ("If-Match", created.ETag!))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(63, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task UpdateArtifact_ThatAnotherKeepsChanging_Returns409()
    {
        var created = await _gateways[0].Client.PostJson($"{Workspace}/models", """{"name": "m", "uri": "u"}""");
        var (changes, isOther) = (0, 0);
        _store.Before = async (method, _) =>
        {
            // Between the gateway's read and its write comes another writer, every time.
            if (method == "PutArtifacts" && Interlocked.CompareExchange(ref isOther, 1, 0) == 0)
            {
                (await _gateways[1].Client.PatchJson(created.Location!, $$"""{"owner": "{{Interlocked.Increment(ref changes)}}"}""")).Expect(HttpStatusCode.OK);
                isOther = 0;
            }
        };

        var answer = await _gateways[0].Client.PatchJson(created.Location!, """{"description": "d"}""");

        answer.ExpectProblem(HttpStatusCode.Conflict);
        Assert.Equal("ABORTED", (string?)answer["code"]);
        Assert.Null((await _gateways[0].Client.GetJson(created.Location!))["description"]);
    }
}
