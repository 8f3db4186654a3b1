using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.Filtering;

/// <summary>Filters on a server that has none: what an index finds is not searched for page by page.</summary>
public sealed class IndexLookupTests : IAsyncLifetime, IDisposable
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    private readonly GatewayFactory _gateway = new() { Profile = MlmdProfile.Release121 };
    private string _id = "";

    public async Task InitializeAsync()
    {
        await _gateway.Client.PutJson(Workspace, "{}");
        await _gateway.Client.PutJson($"{HttpJson.Api}/workspaces/other", "{}");
        await _gateway.Client.CreateAsync($"{HttpJson.Api}/workspaces/other/models", """{"name": "theirs", "uri": "u"}""");
        _id = await _gateway.Client.CreateAsync($"{Workspace}/models", """{"name": "m", "uri": "u", "externalId": "x"}""");
        await _gateway.Client.CreateAsync($"{Workspace}/executions", """{"name": "e", "run": "r", "externalId": "y"}""");
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData("models", "id = {id}", "m", "GetArtifactsByID")]
    [InlineData("datasets", "id = {id}", "", "GetArtifactsByID")]
    [InlineData("artifacts", "uri = 'u' AND name LIKE 'm%'", "m", "GetArtifactsByURI")]
    [InlineData("artifacts", "uri IN ('v', '')", "", "GetArtifactsByURI")]
    [InlineData("artifacts", "externalId = 'x'", "m", "GetArtifactsByExternalIds")]
    [InlineData("artifacts", "externalId = 'none'", "", "GetArtifactsByExternalIds")]
    [InlineData("executions", "externalId = 'y'", "e", "GetExecutionsByExternalIds")]
    [InlineData("executions", "id = 1 AND name = 'e'", "e", "GetExecutionsByID")]
    [InlineData("runs", "name IN ('r', 'none')", "r", "GetContextByTypeAndName")]
    [InlineData("../../workspaces", "name = 'w'", "w", "GetContextByTypeAndName")]
    public async Task List_WithAFilterOnAnIndex_LooksItUp(string collection, string filter, string names, string call)
    {
        var path = collection.StartsWith("..", StringComparison.Ordinal) ? $"{HttpJson.Api}/workspaces" : $"{Workspace}/{collection}";
        await _gateway.Client.GetJson($"{path}?pageSize=1");
        _gateway.Calls.Clear();

        var answer = await _gateway.Client.GetJson($"{path}?filter={Uri.EscapeDataString(filter.Replace("{id}", _id, StringComparison.Ordinal))}");

        Assert.Equal(names, string.Join(' ', answer.Expect(HttpStatusCode.OK).Names()));
        Assert.Contains(call, _gateway.Calls.Methods);
        Assert.DoesNotContain(_gateway.Calls.Methods, method => method is "GetArtifactsByContext" or "GetExecutionsByContext" or "GetContextsByType");
    }

    [Fact]
    public async Task List_OfNothingThatCanBeThere_AsksNothing()
    {
        var answer = await _gateway.Client.GetJson($"{Workspace}/artifacts?filter=uri%20%3D%20''");

        Assert.Empty(answer.Expect(HttpStatusCode.OK).Names());
    }
}
