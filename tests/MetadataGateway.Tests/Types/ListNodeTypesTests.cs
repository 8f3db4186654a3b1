using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Types;

public sealed class ListNodeTypesTests : IDisposable
{
    private readonly GatewayFactory _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task ListNodeTypes_InPages_GivesEachOnceByIdWithoutSimpleAndInternalOnes()
    {
        for (var i = 0; i < 5; i++)
        {
            await _gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = $"type {5 - i}" } });
        }

        await _gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "metadata-gateway/hidden" } });

        var names = await _gateway.Client.NamesOfAllPages($"{HttpJson.Api}/artifactTypes", pageSize: 3);

        var own = names.Where(name => name!.StartsWith("type ", StringComparison.Ordinal)).ToList();
        Assert.Equal(["type 5", "type 4", "type 3", "type 2", "type 1"], own);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.DoesNotContain(names, name => name!.StartsWith("mlmd.", StringComparison.Ordinal) || name.StartsWith("metadata-gateway/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListNodeTypes_HasTheItemsThatAReadGives()
    {
        await _gateway.Client.PostJson($"{HttpJson.Api}/executionTypes", """{"name": "a/b", "baseType": "TRAIN", "description": "d", "properties": {"y": "INT", "x": "INT"}}""");

        var list = await _gateway.Client.GetJson($"{HttpJson.Api}/executionTypes");

        var item = list["items"]!.AsArray().Single(type => (string?)type!["name"] == "a/b")!;
        Assert.Equal((await _gateway.Client.GetJson($"{HttpJson.Api}/executionTypes/a/b")).Json!.ToJsonString(), item.ToJsonString());
        Assert.Null(list["nextPageToken"]);
    }

    [Theory]
    [InlineData("orderBy=id", "orderBy")]
    [InlineData("filter=id%3D1", "filter")]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageToken=x", "pageToken")]
    public async Task ListNodeTypes_WithBadParameter_Returns400(string query, string path)
    {
        var answer = await _gateway.Client.GetJson($"{HttpJson.Api}/contextTypes?{query}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    [Fact]
    public async Task ListNodeTypes_WithTokenOfAnotherCollection_Returns400()
    {
        await _gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "any"}""");
        var token = (string?)(await _gateway.Client.GetJson($"{HttpJson.Api}/artifactTypes?pageSize=1"))["nextPageToken"];

        var answer = await _gateway.Client.GetJson($"{HttpJson.Api}/contextTypes?pageToken={token}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
    }
}
