using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

public sealed class ListArtifactsTests(ListArtifactsTests.Collections gateway) : IClassFixture<ListArtifactsTests.Collections>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    private HttpClient Client => gateway.Factory.Client;

    [Theory]
    [InlineData("datasets", "d1 d2")]
    [InlineData("models", "m1 kfp")]
    [InlineData("metrics", "x1")]
    [InlineData("artifacts", "d1 m1 x1 a1 d2 kfp")]
    public async Task ListArtifacts_OfACollection_GivesItsKindAndNoDeletedOnes(string collection, string expected)
    {
        var answer = await Client.GetJson($"{Workspace}/{collection}");

        Assert.Equal(expected.Split(' '), answer.Expect(HttpStatusCode.OK).Names());
        Assert.True((bool?)answer["scan"]!["complete"]);
        Assert.Null(answer["nextPageToken"]);
        foreach (var item in answer["items"]!.AsArray())
        {
            Assert.Equal((await Client.GetJson($"{HttpJson.Api}/artifacts/{item!["id"]}")).Text, item.Raw());
        }
    }

    [Theory]
    [InlineData("id asc", "d1 m1 x1 a1 d2 kfp")]
    [InlineData("id desc", "kfp d2 a1 x1 m1 d1")]
    [InlineData("createTime desc", "kfp d2 a1 x1 m1 d1")]
    [InlineData("updateTime", "m1 x1 a1 d2 kfp d1")]
    [InlineData("updateTime desc", "d1 kfp d2 a1 x1 m1")]
    public async Task ListArtifacts_InAnyOrder_GivesEachOnceOverPages(string order, string expected)
    {
        foreach (var size in new[] { 1, 2, 4, 1000 })
        {
            var names = await Client.NamesOfAllPages($"{Workspace}/artifacts?orderBy={Uri.EscapeDataString(order)}", size);

            Assert.Equal(expected.Split(' '), names);
        }
    }

    [Theory]
    [InlineData("models?pageToken=")]
    [InlineData("artifacts?orderBy=id%20desc&pageToken=")]
    public async Task ListArtifacts_WithTheTokenOfAnotherList_Returns400(string other)
    {
        var first = await Client.GetJson($"{Workspace}/artifacts?pageSize=2");

        var answer = await Client.GetJson($"{Workspace}/{other}{first["nextPageToken"]}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
    }

    [Theory]
    [InlineData("artifacts?pageSize=2", "artifacts?orderBy=id%20asc&showDeleted=false")]
    [InlineData("artifacts?pageSize=2&orderBy=createTime%20asc", "artifacts?filter=&orderBy=createTime")]
    public async Task ListArtifacts_WithDefaultsSpelledOut_IsTheSameList(string list, string other)
    {
        var first = await Client.GetJson($"{Workspace}/{list}");

        var answer = await Client.GetJson($"{Workspace}/{other}&pageToken={first["nextPageToken"]}");

        Assert.Equal(["x1", "a1", "d2", "kfp"], answer.Expect(HttpStatusCode.OK).Names());
    }

    [Fact]
    public async Task ListArtifacts_WithAnotherPageSize_GoesOnWhereItWas()
    {
        var first = await Client.GetJson($"{Workspace}/artifacts?pageSize=2");

        var answer = await Client.GetJson($"{Workspace}/artifacts?pageSize=3&pageToken={first["nextPageToken"]}");

        Assert.Equal(["x1", "a1", "d2"], answer.Expect(HttpStatusCode.OK).Names());
    }

    [Fact]
    public async Task ListArtifacts_BeyondTheScanBudget_SaysSoAndGoesOn()
    {
        await using var small = new GatewayFactory().With("Limits:ScanBudget", "3");
        await Collections.FillAsync(small);

        var first = await small.Client.GetJson($"{Workspace}/artifacts?filter=name%20%3D%20'kfp'");
        var names = await small.Client.NamesOfAllPages($"{Workspace}/artifacts", 50);
        var second = await small.Client.GetJson($"{Workspace}/models?pageSize=1");

        Assert.Equal("""{"examined":3,"complete":false}""", first.Expect(HttpStatusCode.OK)["scan"].Raw());
        Assert.NotNull(first["nextPageToken"]);
        Assert.Equal(["d1", "m1", "x1", "a1", "d2", "kfp"], names);
        Assert.Equal((true, "m1"), ((bool?)second["scan"]!["complete"], second.Names().Single()));
    }

    [Fact]
    public async Task ListArtifacts_OfManyPagesOfMlmd_GivesEachOnce()
    {
        await using var many = new GatewayFactory();
        (await many.Client.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);
        var type = await many.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "many" } });
        var workspace = await many.Store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = "w" });
        var put = new PutLineageSubgraphRequest { Options = new() { ReuseContextIfAlreadyExist = true } };
        put.Contexts.Add(new Context { TypeId = workspace.Context.TypeId, Name = "w" });
        put.Artifacts.AddRange(Enumerable.Range(0, 230).Select(i => new Artifact { TypeId = type.TypeId, CustomProperties = { ["name"] = StoredNodes.Text($"{i}") } }));
        await many.Store.PutLineageSubgraphAsync(put);

        foreach (var size in new[] { 70, 100, 150, 1000 })
        {
            Assert.Equal(Enumerable.Range(0, 230).Select(i => $"{i}"), await many.Client.NamesOfAllPages($"{Workspace}/artifacts", size));
        }
    }

    [Fact]
    public async Task ListArtifacts_OfAnUnknownWorkspace_Returns404() =>
        (await Client.GetJson($"{HttpJson.Api}/workspaces/nowhere/models")).ExpectProblem(HttpStatusCode.NotFound);

    public sealed class Collections : IAsyncLifetime
    {
        internal GatewayFactory Factory { get; } = new();

        internal static async Task FillAsync(GatewayFactory gateway)
        {
            (await gateway.Client.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);
            (await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/other", "{}")).Expect(HttpStatusCode.Created);
            (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/other/datasets", """{"name": "elsewhere", "uri": "u"}""")).Expect(HttpStatusCode.Created);
            // MLMD orders by times in milliseconds; each step waits for the clock to move on.
            foreach (var (collection, body) in new[]
            {
                ("datasets", """{"name": "d1", "uri": "u"}"""),
                ("models", """{"name": "m1", "uri": "u"}"""),
                ("models", """{"name": "gone", "uri": "u", "state": "DELETED"}"""),
                ("metrics", """{"name": "x1", "uri": "u"}"""),
                ("artifacts", """{"kind": "artifact", "type": "mlmd.Statistics", "name": "a1"}"""),
                ("artifacts", """{"kind": "artifact", "type": "mlmd.Dataset", "name": "d2"}"""),
                ("datasets", """{"name": "marked", "uri": "u", "state": "MARKED_FOR_DELETION"}"""),
            })
            {
                (await gateway.Client.PostJson($"{Workspace}/{collection}", body)).Expect(HttpStatusCode.Created);
                await Task.Delay(3);
            }

            await gateway.Store.PutArtifact(
                new ArtifactType { Name = "system.Model" }, new Artifact { CustomProperties = { ["display_name"] = StoredNodes.Text("kfp") } }, "w");
            await Task.Delay(3);
            var first = (await gateway.Client.GetJson($"{Workspace}/datasets?pageSize=1"))["items"]![0]!;
            (await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{first["id"]}", """{"description": "d"}""")).Expect(HttpStatusCode.OK);
        }

        public Task InitializeAsync() => FillAsync(Factory);

        public async Task DisposeAsync() => await Factory.DisposeAsync();
    }
}
