using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Idempotency;

/// <summary>Keys outlive the process and hold in another one.</summary>
public sealed class OtherProcessTests
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    [Fact]
    public async Task Request_RepeatedAfterARestart_IsReplayed()
    {
        using var folder = new TemporaryFolder();
        const string body = """{"name": "e", "outputs": [{"kind": "model", "name": "m", "uri": "u"}]}""";
        Answer first;
        await using (var gateway = new GatewayFactory().With("EmbeddedStore:DatabasePath", folder.File("metadata.db")))
        {
            await gateway.Client.PutJson(Workspace, "{}");
            first = (await gateway.Client.PostKeyed($"{Workspace}/executions", body, "k")).ExpectFirst();
        }

        await using var again = new GatewayFactory().With("EmbeddedStore:DatabasePath", folder.File("metadata.db"));
        var repeat = await again.Client.PostKeyed($"{Workspace}/executions", body, "k");
        var other = await again.Client.PostKeyed($"{Workspace}/executions", """{"name": "f"}""", "k");

        repeat.ExpectReplayOf(first);
        other.ExpectKeyReused();
    }

    [Fact]
    public async Task Requests_ToTwoProcesses_RecordOnce()
    {
        using var folder = new TemporaryFolder();
        await using var store = await StoreServer.StartAsync();
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--MetadataStore:Address", store.Address.ToString(), "--MetadataStore:AllowPostgreSql", "true"];
        await using var one = GatewayProcess.Start(folder.File(""), null, arguments);
        await using var other = GatewayProcess.Start(folder.File(""), null, arguments);
        using var oneClient = new HttpClient { BaseAddress = await one.ListensAt() };
        using var otherClient = new HttpClient { BaseAddress = await other.ListensAt() };
        (await oneClient.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => (i % 2 == 0 ? oneClient : otherClient).PostKeyed(
            $"{Workspace}/executions", """{"name": "e", "run": "r", "outputs": [{"kind": "metrics", "name": "m", "uri": "u"}]}""", "k")));

        var first = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created).ExpectFirst();
        Assert.All(answers.Where(answer => answer != first), answer => answer.ExpectReplayOf(first));
        Assert.Single((await otherClient.GetJson($"{Workspace}/executions"))["items"]!.AsArray());
        Assert.Single((await otherClient.GetJson($"{Workspace}/metrics"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Start_WithoutRegistration_LeavesTheStoreFreshUntilARequestNeedsTheMarker()
    {
        await using var gateway = new GatewayFactory().With("MetadataStore:RegisterTypes", "false");

        var refused = await gateway.Client.PostKeyed($"{Workspace}/executions", """{"name": "e"}""", "two words");
        var fresh = (await gateway.Store.GetContextTypesAsync(new())).ContextTypes;
        var first = await gateway.Client.PostKeyed($"{Workspace}/executions?createWorkspace=true", """{"name": "e"}""", "k");
        var repeat = await gateway.Client.PostKeyed($"{Workspace}/executions?createWorkspace=true", """{"name": "e"}""", "k");

        refused.ExpectProblem(HttpStatusCode.BadRequest, "Idempotency-Key");
        Assert.Empty(fresh);
        repeat.ExpectReplayOf(first.ExpectFirst());
    }
}
