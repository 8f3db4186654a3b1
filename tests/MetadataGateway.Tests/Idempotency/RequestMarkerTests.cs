using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Idempotency;

/// <summary>What a request with a key leaves in MLMD, and that the API shows none of it.</summary>
public sealed class RequestMarkerTests
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    [Fact]
    public async Task Marker_HasWhatTheRequestRecordedAttached()
    {
        await using var gateway = await StartAsync();
        var stored = await gateway.Client.CreateAsync($"{Workspace}/datasets", """{"name": "d", "uri": "u"}""");
        var answer = await gateway.Client.PostKeyed(
            $"{Workspace}/executions",
            """{"name": "e", "inputs": [{"kind": "dataset", "name": "d", "uri": "u"}], "outputs": [{"kind": "model", "name": "m", "uri": "u"}]}""", "k");

        var marker = Assert.Single(await MarkersAsync(gateway));
        Assert.Matches("^metadata-gateway/[0-9a-f]{64}$", marker.ExternalId);
        Assert.NotEmpty(marker.Name);
        Assert.Matches("^[0-9a-f]{64}$", marker.CustomProperties["fingerprint"].StringValue);
        Assert.Equal($"{stored},+", marker.CustomProperties["artifacts"].StringValue);
        Assert.Equal(2, marker.CustomProperties.Count);
        var artifacts = (await gateway.Store.GetArtifactsByContextAsync(new() { ContextId = marker.Id })).Artifacts;
        var executions = (await gateway.Store.GetExecutionsByContextAsync(new() { ContextId = marker.Id })).Executions;
        Assert.Equal([(string?)answer["outputs"]![0]!["artifact"]!["id"]], artifacts.Select(artifact => $"{artifact.Id}"));
        Assert.Equal([(string?)answer["id"]], executions.Select(execution => $"{execution.Id}"));
    }

    [Fact]
    public async Task Marker_OfManyStoredArtifacts_KeepsEachTextBelowThatOfPostgreSql()
    {
        await using var gateway = await StartAsync();
        var body = $$"""{"requests": [{{string.Join(',', Enumerable.Range(0, 1000).Select(Nth))}}]}""";
        await gateway.Client.PostJson($"{Workspace}/artifacts:batchCreate", body);

        await gateway.Client.PostKeyed($"{Workspace}/artifacts:batchCreate", body, "k");

        var texts = Assert.Single(await MarkersAsync(gateway)).CustomProperties;
        Assert.True(texts.Count > 2);
        Assert.All(texts, text => Assert.InRange(text.Key.Length + text.Value.StringValue.Length, 1, 2600));
    }

    [Fact]
    public async Task Marker_OfNewArtifacts_NamesNone()
    {
        await using var gateway = await StartAsync();
        await gateway.Client.PostKeyed(
            $"{Workspace}/artifacts:batchCreate", """{"requests": [{"kind": "model", "name": "1", "uri": "u"}, {"kind": "metrics", "name": "1", "uri": "u"}]}""", "k");

        Assert.Equal(["fingerprint"], Assert.Single(await MarkersAsync(gateway)).CustomProperties.Keys);
    }

    [Fact]
    public async Task Marker_ShowsNowhereInTheApi()
    {
        await using var gateway = await StartAsync();
        var execution = await gateway.Client.PostKeyed(
            $"{Workspace}/executions", """{"name": "e", "run": "r", "outputs": [{"kind": "model", "name": "m", "uri": "u"}]}""", "k");
        var artifact = (string?)execution["outputs"]![0]!["artifact"]!["id"];
        var marker = Assert.Single(await MarkersAsync(gateway));
        string[] paths =
        [
            $"{HttpJson.Api}/contexts", $"{HttpJson.Api}/contexts?type=metadata-gateway%2Frequest", $"{HttpJson.Api}/contextTypes", $"{HttpJson.Api}/workspaces", $"{Workspace}/runs",
            Workspace, execution.Location!, $"{execution.Location}?view=full", $"{execution.Location}/lineage", $"{HttpJson.Api}/artifacts/{artifact}",
            $"{HttpJson.Api}/artifacts/{artifact}/lineage", $"{Workspace}/runs/r/lineage", $"{Workspace}/artifacts", $"{Workspace}/executions",
        ];

        foreach (var path in paths)
        {
            var answer = (await gateway.Client.GetJson(path)).Expect(System.Net.HttpStatusCode.OK);

            Assert.DoesNotContain("metadata-gateway/", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(marker.Name, answer.Text, StringComparison.Ordinal);
        }

        (await gateway.Client.GetJson($"{HttpJson.Api}/contexts/{marker.Id}")).ExpectProblem(System.Net.HttpStatusCode.NotFound);
        Assert.Equal(2, (await gateway.Client.GetJson($"{HttpJson.Api}/contexts"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Record_WithoutPropertiesOfItsOwn_BelongsToItsWorkspaceAllTheSame()
    {
        await using var gateway = await StartAsync();
        var execution = await gateway.Client.PostKeyed($"{Workspace}/executions", """{"name": "e"}""", "k");
        var id = long.Parse((string)execution["id"]!, System.Globalization.CultureInfo.InvariantCulture);
        var node = (await gateway.Store.GetExecutionsByIDAsync(new() { ExecutionIds = { id } })).Executions[0];
        node.CustomProperties.Remove("__kf_workspace__");
        await gateway.Store.PutExecutionsAsync(new() { Executions = { node } });

        var answer = await gateway.Client.GetJson(execution.Location!);

        Assert.Equal("w", (string?)answer["workspace"]);
    }

    private static async Task<GatewayFactory> StartAsync()
    {
        var gateway = new GatewayFactory();
        (await gateway.Client.PutJson(Workspace, "{}")).Expect(System.Net.HttpStatusCode.Created);
        return gateway;
    }

    private static async Task<IReadOnlyList<Context>> MarkersAsync(GatewayFactory gateway) =>
        (await gateway.Store.GetContextsByTypeAsync(new() { TypeName = "metadata-gateway/request" })).Contexts;

    private static string Nth(int i) => $$"""{"kind": "dataset", "name": "{{i}}", "uri": "u"}""";
}
