using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.MetadataStore;

/// <summary>What a request costs behind the gateway once the process is warm: the calls to MLMD, by name.</summary>
public sealed class StoreCallCountTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("datasets", """{"name": "d", "uri": "u"}""", "artifacts", "GetArtifactsByID")]
    [InlineData("artifacts", """{"kind": "artifact", "type": "mlmd.Statistics", "name": "s"}""", "artifacts", "GetArtifactsByID")]
    [InlineData("executions", """{"name": "e"}""", "executions", "GetExecutionsByID")]
    [InlineData("executions", """{"name": "e", "type": "mlmd.Train"}""", "executions", "GetExecutionsByID")]
    public async Task GetById_IsOneCall(string collection, string body, string path, string call)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var id = await gateway.Client.CreateAsync($"{workspace}/{collection}", body);

        // The type of a custom record is read once.
        await gateway.Client.GetJson($"{HttpJson.Api}/{path}/{id}");

        var calls = await CallsOfAsync(() => gateway.Client.GetJson($"{HttpJson.Api}/{path}/{id}"));

        Assert.Equal([call], calls);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "\"run\": \"r\", ")]
    [InlineData(40, "\"run\": \"r\", ")]
    public async Task CreateExecution_WithNewArtifacts_IsFourCalls(int artifacts, string run)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.CreateAsync($"{workspace}/executions", $$"""{{{run}}"name": "warm"}""");
        string Links(string kind) => string.Join(", ", Enumerable.Range(0, artifacts).Select(i => $$"""{"kind": "{{kind}}", "name": "n{{i}}", "uri": "u{{i}}"}"""));

        var calls = await CallsOfAsync(() => gateway.Client.PostJson(
            $"{workspace}/executions", $$"""{{{run}}"name": "e", "inputs": [{{Links("dataset")}}], "outputs": [{{Links("model")}}, {{Links("metrics")}}]}"""));

        Assert.Equal(["GetArtifactsByURI", "PutLineageSubgraph", "GetExecutionsByID", "GetArtifactsByID"], calls);
    }

    [Fact]
    public async Task CreateExecution_WithAnIdempotencyKey_IsOneCallMore()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.CreateAsync($"{workspace}/executions", """{"name": "warm"}""");
        const string body = """{"name": "e", "outputs": [{"kind": "model", "name": "m", "uri": "u"}, {"kind": "metrics", "name": "m", "uri": "u"}]}""";
        Task<Answer> Post(string key, string preference) =>
            gateway.Client.PostJson($"{workspace}/executions", body.Replace("\"u\"", $"\"{key}\"", StringComparison.Ordinal), ("Idempotency-Key", key), ("Prefer", preference));

        Assert.Equal(
            ["GetContextsByExternalIds", "GetArtifactsByURI", "PutLineageSubgraph", "GetExecutionsByID", "GetArtifactsByID"], await CallsOfAsync(() => Post("full", "none")));
        Assert.Equal(["GetContextsByExternalIds", "GetArtifactsByURI", "PutLineageSubgraph"], await CallsOfAsync(() => Post("minimal", "return=minimal")));
        Assert.Equal(
            ["GetContextsByExternalIds", "GetExecutionsByContext", "GetEventsByExecutionIDs", "GetArtifactsByID"], await CallsOfAsync(() => Post("full", "none")));
        Assert.Equal(
            ["GetContextsByExternalIds", "GetExecutionsByContext", "GetEventsByExecutionIDs"], await CallsOfAsync(() => Post("minimal", "return=minimal")));
    }

    [Fact]
    public async Task List_WithoutSelection_IsOneCallAPage()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        for (var i = 0; i < 12; i++)
        {
            await gateway.Client.CreateAsync($"{workspace}/executions", """{"name": "e", "outputs": [{"kind": "metrics", "name": "m", "uri": "u"}]}""");
        }

        var token = (string?)(await gateway.Client.GetJson($"{workspace}/executions?pageSize=5"))["nextPageToken"];
        Answer second = null!;

        Assert.Equal(["GetExecutionsByContext"], await CallsOfAsync(() => gateway.Client.GetJson($"{workspace}/executions?pageSize=100")));
        Assert.Equal(["GetExecutionsByContext"], await CallsOfAsync(() => gateway.Client.GetJson($"{workspace}/executions?pageSize=5")));
        Assert.Equal(["GetExecutionsByContext"], await CallsOfAsync(async () => second = await gateway.Client.GetJson($"{workspace}/executions?pageSize=5&pageToken={token}")));
        Assert.Equal(5, second["items"]!.AsArray().Count);
        Assert.Equal(["GetArtifactsByContext"], await CallsOfAsync(() => gateway.Client.GetJson($"{workspace}/artifacts?pageSize=100")));
        Assert.Equal(["GetContextsByType"], await CallsOfAsync(() => gateway.Client.GetJson($"{HttpJson.Api}/workspaces?pageSize=100")));
    }

    [NeedsFact(StoreAbility.Filters)]
    public async Task Lineage_InOneDirection_IsThreeCalls()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        string? previous = null;
        for (var i = 0; i < 4; i++)
        {
            var inputs = previous is null ? "" : $$"""{"artifactId": "{{previous}}"}""";
            var answer = await gateway.Client.PostJson(
                $"{workspace}/executions", $$"""{"name": "e{{i}}", "inputs": [{{inputs}}], "outputs": [{"kind": "dataset", "name": "d{{i}}", "uri": "u{{i}}"}]}""");
            previous = (string)answer.Expect(HttpStatusCode.Created)["outputs"]![0]!["artifact"]!["id"]!;
        }

        Assert.Equal(
            ["GetLineageSubgraph", "GetArtifactsByID", "GetExecutionsByID"],
            await CallsOfAsync(() => gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{previous}/lineage?direction=upstream")));
        Assert.Equal(
            ["GetLineageSubgraph", "GetLineageSubgraph", "GetArtifactsByID", "GetExecutionsByID"],
            await CallsOfAsync(() => gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{previous}/lineage")));
    }

    private async Task<IReadOnlyList<string>> CallsOfAsync(Func<Task<Answer>> request)
    {
        gateway.Calls.Clear();
        var answer = await request();
        Assert.True((int)answer.Status is 200 or 201, answer.Text);
        return gateway.Calls.Methods;
    }
}
