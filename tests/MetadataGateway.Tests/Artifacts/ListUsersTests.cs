using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

/// <summary>The lists of an artifact's producers and consumers.</summary>
public sealed class ListUsersTests(ArtifactGateway gateway) : IClassFixture<ArtifactGateway>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    [Fact]
    public async Task ListProducersAndConsumers_OfAnArtifact_GiveItsExecutionsOnceEach()
    {
        var model = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "used", "uri": "u"}""");
        await ExecuteAsync("writes", "outputs", model);
        await ExecuteAsync("reads 1", "inputs", model);
        await ExecuteAsync("reads 2", "inputs", model);
        await ExecuteAsync("reads 3", "inputs", model);

        var producers = await gateway.Client.GetJson($"{model.Location}/producers");
        var consumers = await gateway.Client.NamesOfAllPages($"{model.Location}/consumers", pageSize: 1);

        Assert.Equal(["writes"], producers.Expect(HttpStatusCode.OK).Names());
        Assert.Null(producers["nextPageToken"]);
        Assert.Equal((await gateway.Client.GetJson($"{HttpJson.Api}/executions/{producers["items"]![0]!["id"]}")).Text, producers["items"]![0].Raw());
        Assert.Equal(["reads 1", "reads 2", "reads 3"], consumers);
    }

    [Fact]
    public async Task ListConsumers_OfDeclaredAndInternalEvents_CountsTheDeclaredOnes()
    {
        var model = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "declared", "uri": "u"}""");
        foreach (var type in new[] { Event.Types.Type.Input, Event.Types.Type.DeclaredInput, Event.Types.Type.InternalInput })
        {
            var execution = await gateway.Client.PostJson($"{Workspace}/executions", $$"""{"name": "{{type}}"}""");
            await gateway.Store.PutEventsAsync(new()
            {
                Events = { new Event { ArtifactId = long.Parse((string)model["id"]!), ExecutionId = long.Parse((string)execution["id"]!), Type = type } },
            });
        }

        var consumers = await gateway.Client.GetJson($"{model.Location}/consumers");
        var producers = await gateway.Client.GetJson($"{model.Location}/producers");

        Assert.Equal(["Input", "DeclaredInput"], consumers.Names());
        Assert.Empty(producers.Names());
    }

    [Fact]
    public async Task ListConsumers_WithTheTokenOfProducers_Returns400()
    {
        var model = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "tokens", "uri": "u"}""");
        await ExecuteAsync("one", "outputs", model);
        await ExecuteAsync("two", "outputs", model);
        var first = await gateway.Client.GetJson($"{model.Location}/producers?pageSize=1");

        var answer = await gateway.Client.GetJson($"{model.Location}/consumers?pageToken={first["nextPageToken"]}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
    }

    [Theory]
    [InlineData("producers", "orderBy=id", "orderBy")]
    [InlineData("consumers", "filter=x&pageSize=0", "filter", "pageSize")]
    public async Task ListUsers_WithAParameterThatIsNotOffered_Returns400(string list, string query, params string[] parameters)
    {
        var model = await gateway.Client.PostJson($"{Workspace}/metrics", """{"name": "n", "uri": "u"}""");

        (await gateway.Client.GetJson($"{model.Location}/{list}?{query}")).ExpectProblem(HttpStatusCode.BadRequest, parameters);
    }

    [Theory]
    [InlineData("999999/producers")]
    [InlineData("x/consumers")]
    public async Task ListUsers_OfAnArtifactThatDoesNotExist_Returns404(string path) =>
        (await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{path}")).ExpectProblem(HttpStatusCode.NotFound);

    private async Task ExecuteAsync(string name, string direction, Answer artifact) =>
        (await gateway.Client.PostJson($"{Workspace}/executions", $$$"""{"name": "{{{name}}}", "{{{direction}}}": [{"artifactId": "{{{artifact["id"]}}}"}]}"""))
            .Expect(HttpStatusCode.Created);
}
