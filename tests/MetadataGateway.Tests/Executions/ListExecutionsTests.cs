using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Executions;

public sealed class ListExecutionsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("", 1, 2, 3, 4, 5, 6)]
    [InlineData("?run=a", 1, 3, 5)]
    [InlineData("?run=b/c", 2, 4)]
    [InlineData("?run=B/c")]
    [InlineData("?run=", 1, 2, 3, 4, 5, 6)]
    [InlineData("?orderBy=id%20desc", 6, 5, 4, 3, 2, 1)]
    [InlineData("?run=a&orderBy=createTime%20desc", 5, 3, 1)]
    [InlineData("?orderBy=updateTime", 1, 3, 4, 5, 6, 2)]
    public async Task ListExecutions_ByRunAndOrder_AreTheSameInOneAndInManyPages(string query, params int[] expected)
    {
        var workspace = await NewWorkspaceWithSixAsync();

        var whole = await gateway.Client.NamesOfAllPages($"{workspace}/executions{query}", 50);
        var pages = await gateway.Client.NamesOfAllPages($"{workspace}/executions{query}", 1);
        var pairs = await gateway.Client.NamesOfAllPages($"{workspace}/executions{query}", 2);

        Assert.Equal(expected.Select(number => $"e{number}"), whole);
        Assert.Equal(whole, pages);
        Assert.Equal(whole, pairs);
    }

    [Fact]
    public async Task ListExecutions_OfRunByEitherPath_AreTheSame()
    {
        var workspace = await NewWorkspaceWithSixAsync();

        var byPath = await gateway.Client.GetJson($"{workspace}/runs/b%2Fc/executions");
        var byQuery = await gateway.Client.GetJson($"{workspace}/executions?run=b/c");

        Assert.Equal(byQuery.Expect(HttpStatusCode.OK).Text, byPath.Expect(HttpStatusCode.OK).Text);
        (await gateway.Client.GetJson($"{workspace}/runs/none/executions")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/none/executions")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ListExecutions_OfRunWithoutAny_IsEmpty()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        (await gateway.Client.PostJson($"{workspace}/runs", """{"name": "idle"}""")).Expect(HttpStatusCode.Created);

        var answer = await gateway.Client.GetJson($"{workspace}/runs/idle/executions");

        Assert.Empty(answer.Expect(HttpStatusCode.OK)["items"]!.AsArray());
    }

    [Theory]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=1001", "pageSize")]
    [InlineData("pageSize=ten", "pageSize")]
    [InlineData("pageToken=nonsense", "pageToken")]
    [InlineData("orderBy=name", "orderBy")]
    [InlineData("orderBy=id%20down", "orderBy")]
    [InlineData("run=a&run=b", "run")]
    [InlineData("Run=a", "Run")]
    public async Task ListExecutions_WithBadQuery_Returns400(string query, string path)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        (await gateway.Client.GetJson($"{workspace}/executions?{query}")).ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    [Fact]
    public async Task ListExecutions_WithTokenOfAnotherList_Returns400()
    {
        var workspace = await NewWorkspaceWithSixAsync();
        var other = await NewWorkspaceWithSixAsync();
        var token = (string)(await gateway.Client.GetJson($"{workspace}/executions?run=a&pageSize=1"))["nextPageToken"]!;

        foreach (var path in new[] { $"{workspace}/executions", $"{workspace}/executions?run=b/c", $"{workspace}/executions?run=a&orderBy=id%20desc", $"{other}/executions?run=a" })
        {
            var answer = await gateway.Client.GetJson($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}pageToken={token}");
            answer.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
        }

        var another = await gateway.Client.GetJson($"{workspace}/executions?run=a&pageSize=7&pageToken={token}");
        Assert.Equal(["e3", "e5"], another.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string?)item!["name"]));
    }

    [Fact]
    public async Task ListExecutions_AssociatedByOthers_ShowTheWorkspaceEverywhere()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var name = workspace[(workspace.LastIndexOf('/') + 1)..];
        var context = (await gateway.Store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = name })).Context;
        var executionType = (await gateway.Store.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "acme.Step" } })).TypeId;
        var artifactType = (await gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "acme.File" } })).TypeId;
        var put = await gateway.Store.PutExecutionAsync(new()
        {
            Execution = new() { TypeId = executionType },
            Contexts = { context },
            ArtifactEventPairs = { new PutExecutionRequest.Types.ArtifactAndEvent { Artifact = new() { TypeId = artifactType, Uri = "u" }, Event = new() { Type = Event.Types.Type.Output } } },
        });
        var (execution, artifact) = ($"{HttpJson.Api}/executions/{put.ExecutionId}", $"{HttpJson.Api}/artifacts/{put.ArtifactIds[0]}");

        var listed = (await gateway.Client.GetJson($"{workspace}/executions"))["items"]![0]!.ToJsonString();
        var read = await gateway.Client.GetJson(execution);
        var produced = (await gateway.Client.GetJson($"{artifact}/producers"))["items"]![0]!.ToJsonString();
        var linked = (await gateway.Client.GetJson($"{execution}?view=full"))["outputs"]![0]!["artifact"]!.ToJsonString();
        var lineage = await gateway.Client.GetJson($"{execution}/lineage");

        Assert.Equal(name, (string?)read["workspace"]);
        Assert.Equal([read.Json!.ToJsonString(), read.Json!.ToJsonString()], [listed, produced]);
        Assert.Equal((await gateway.Client.GetJson(artifact)).Json!.ToJsonString(), linked);
        Assert.Equal([name, name], lineage["nodes"]!.AsArray().Select(node => (string?)node!["workspace"]));
    }

    private async Task<string> NewWorkspaceWithSixAsync()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        string? second = null;
        foreach (var (run, index) in new[] { "a", "b/c", "a", "b/c", "a", "" }.Select((run, index) => (run, index)))
        {
            var id = await gateway.Client.CreateAsync($"{workspace}/executions", $$"""{"name": "e{{index + 1}}", "run": "{{run}}"}""");
            second = index == 1 ? id : second;
        }

        // Times are milliseconds: in the same one as the sixth, the second would come before it by id.
        await Task.Delay(3);
        (await gateway.Client.PatchJson($"{HttpJson.Api}/executions/{second}", """{"state": "COMPLETE"}""")).Expect(HttpStatusCode.OK);
        return workspace;
    }
}
