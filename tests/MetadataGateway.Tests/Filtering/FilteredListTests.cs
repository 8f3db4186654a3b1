using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Filtering;

/// <summary>A gateway with some records to select from.</summary>
public sealed class FilteredRecords : IAsyncLifetime, IDisposable
{
    public const string Workspace = $"{HttpJson.Api}/workspaces/filters";

    private readonly GatewayFactory gateway = new();

    public HttpClient Client => gateway.Client;

    public async Task InitializeAsync()
    {
        await gateway.Client.PutJson(Workspace, """{"labels": {"team": "vision"}}""");
        await gateway.Client.PutJson($"{Workspace}/runs/run-1", """{"description": "first"}""");
        await gateway.Client.PostJson($"{Workspace}/executions", """
            {"name": "train", "run": "run-1", "state": "COMPLETE", "customProperties": {"epochs": 12, "my key": 0.5},
             "outputs": [
               {"kind": "model", "name": "a", "uri": "u/a", "labels": {"team": "vision"}, "hyperparameters": {"lr": 0.5, "batchSize": 32, "early": true}},
               {"kind": "model", "name": "b", "uri": "u/b", "labels": {"team": "speech"}, "hyperparameters": {"lr": 1}},
               {"kind": "metrics", "name": "m", "uri": "u/m", "values": {"accuracy": 0.95, "loss": {"@double": "NaN"}}},
               {"kind": "artifact", "type": "mlmd.Statistics", "name": "s", "customProperties": {"rows": 7}}]}
            """);
        await gateway.Client.PostJson($"{Workspace}/executions", """{"name": "serve"}""");
    }

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    public void Dispose() => gateway.Dispose();
}

public sealed class FilteredListTests(FilteredRecords gateway) : IClassFixture<FilteredRecords>
{
    private const string Workspace = FilteredRecords.Workspace;

    [Theory]
    [InlineData("artifacts", "kind = 'model'", "a,b")]
    [InlineData("artifacts", "labels.team = 'vision' OR values.accuracy >= 0.9", "a,m")]
    [InlineData("models", "hyperparameters.lr <= 0.5 AND hyperparameters.early = TRUE", "a")]
    [InlineData("models", "hyperparameters.batchSize BETWEEN 30 AND 40", "a")]
    [InlineData("metrics", "values.loss IS NOT NULL AND NOT values.accuracy < 0.5", "m")]
    [InlineData("metrics", "values.loss > 0", "")]
    [InlineData("artifacts", "customProperties.rows = 7.0 AND type = 'mlmd.Statistics'", "s")]
    [InlineData("artifacts", "run = 'run-1' AND name LIKE '_' AND workspace = 'filters' AND uri IS NOT NULL", "a,b,m")]
    [InlineData("executions", "state = 'COMPLETE' AND customProperties.`my key` = 0.5", "train")]
    [InlineData("executions", "run IS NULL", "serve")]
    [InlineData("runs", "description ILIKE 'FIR%'", "run-1")]
    public async Task List_WithFilter_ReturnsWhatItSelects(string collection, string filter, string names)
    {
        var answer = await gateway.Client.GetJson($"{Workspace}/{collection}?filter={Uri.EscapeDataString(filter)}");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(names, string.Join(",", answer["items"]!.AsArray().Select(item => (string?)item!["name"])));
        Assert.True((bool?)answer["scan"]!["complete"]);
    }

    [Fact]
    public async Task ListWorkspaces_WithFilter_ReturnsWhatItSelects()
    {
        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces?filter=labels.team%20%3D%20'vision'");

        Assert.Equal("filters", (string?)Assert.Single(answer.Expect(HttpStatusCode.OK)["items"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task List_WithFaultyFilter_Returns400WithThePosition()
    {
        var answer = await gateway.Client.GetJson($"{Workspace}/models?filter=knd%20%3D%20'x'");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "filter");
        Assert.Equal(0, (int?)answer["position"]);
    }

    [Fact]
    public async Task List_WithTokenOfAnotherFilter_Returns400()
    {
        var first = await gateway.Client.GetJson($"{Workspace}/artifacts?pageSize=1&filter=kind%20%3D%20'model'");

        var other = await gateway.Client.GetJson($"{Workspace}/artifacts?pageSize=1&pageToken={first["nextPageToken"]}");

        other.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
    }
}
