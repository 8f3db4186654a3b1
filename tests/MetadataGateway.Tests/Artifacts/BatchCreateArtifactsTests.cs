using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Artifacts;

public sealed class BatchCreateArtifactsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Dataset = """{"kind": "dataset", "name": "d", "uri": "file://d"}""";
    private const string Model = """{"kind": "model", "name": "m", "uri": "file://m"}""";
    private const string Custom = """{"kind": "artifact", "type": "mlmd.Statistics", "name": "s"}""";

    [Fact]
    public async Task BatchCreateArtifacts_OfAllKinds_Returns201WithTheStoredOnesInOrder()
    {
        var answer = await Post("kinds", $$"""{"requests": [{{Custom}}, {{Model}}, {"kind": "metrics", "name": "e", "uri": "file://e"}, {{Dataset}}]}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal("/api/v1/workspaces/kinds/artifacts", answer.Location);
        Assert.Equal(["artifact", "model", "metrics", "dataset"], answer["items"]!.AsArray().Select(item => (string?)item!["kind"]));
        foreach (var item in answer["items"]!.AsArray())
        {
            Assert.Equal((await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{(string)item!["id"]!}")).Text, item.Raw());
        }
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfAThousand_RecordsThemAll()
    {
        var requests = Enumerable.Range(0, 1000).Select(i => $$"""{"kind": "dataset", "name": "{{i}}", "uri": "file://{{i}}"}""");

        var answer = await Post("thousand", $$"""{"requests": [{{string.Join(',', requests)}}]}""");

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (string?)$"{i}"), answer.Expect(HttpStatusCode.Created).Names());
        Assert.Equal(1000, answer["items"]!.AsArray().Select(item => (string?)item!["id"]).Distinct().Count());
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfStoredOnesOnly_Returns200WithWhatDiffers()
    {
        await Post("stored", $$"""{"requests": [{{Dataset}}, {{Model}}]}""");

        var answer = await Post("stored", $$"""{"requests": [{{Model}}, {"kind": "dataset", "name": "d", "uri": "file://d", "owner": "o"}]}""");

        answer.Expect(HttpStatusCode.OK);
        Assert.Null(answer["items"]![0]!["conflicts"]);
        Assert.Equal("""["owner"]""", answer["items"]![1]!["conflicts"].Raw());
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfTheSameTwice_RecordsOneAndTellsWhatDiffers()
    {
        var answer = await Post("twice", $$"""{"requests": [{{Dataset}}, {"kind": "dataset", "name": "d", "uri": "file://d", "query": "q"}]}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal((string?)answer["items"]![0]!["id"], (string?)answer["items"]![1]!["id"]);
        Assert.Null(answer["items"]![0]!["conflicts"]);
        Assert.Equal("""["query"]""", answer["items"]![1]!["conflicts"].Raw());
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfTheSameTwiceWithUpdate_AppliesBoth()
    {
        var answer = await Post(
            "update",
            """
            {"requests": [{"kind": "model", "name": "m", "uri": "file://m", "owner": "o", "hyperparameters": {"lr": 1}},
                          {"kind": "model", "name": "m", "uri": "file://m", "hyperparameters": {"lr": 2}, "description": "d"}]}
            """, "?ifExists=update");

        answer.Expect(HttpStatusCode.Created);
        var model = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{(string)answer["items"]![1]!["id"]!}");
        Assert.Equal(("o", "d", """{"lr":2}"""), ((string?)model["owner"], (string?)model["description"], model["hyperparameters"].Raw()));
    }

    [Theory]
    [InlineData("fail", HttpStatusCode.Conflict, 0)]
    [InlineData("new", HttpStatusCode.Created, 2)]
    [InlineData("reuse", HttpStatusCode.Created, 1)]
    public async Task BatchCreateArtifacts_OfTheSameTwice_DoesAsIfExistsSays(string ifExists, HttpStatusCode status, int stored)
    {
        var answer = await Post($"same-{ifExists}", $$"""{"requests": [{{Dataset}}, {{Dataset}}]}""", $"?ifExists={ifExists}");

        answer.Expect(status);
        Assert.Equal(stored, (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/same-{ifExists}/datasets")).Names().Count);
    }

    [Fact]
    public async Task BatchCreateArtifacts_WithOneRun_AttributesEachToIt()
    {
        var answer = await Post(
            "run", """{"requests": [{"kind": "dataset", "name": "1", "uri": "file://1", "run": "r"}, {"kind": "dataset", "name": "2", "uri": "file://2", "run": "r"}]}""");

        foreach (var item in answer.Expect(HttpStatusCode.Created)["items"]!.AsArray())
        {
            Assert.Equal("r", (string?)item!["run"]);
            Assert.Equal(
                ["kubeflow.org/alpha/run", "kubeflow.org/alpha/workspace"],
                (await gateway.Store.GetContextsOf((string?)item["id"])).Select(context => context.Type).Order());
        }
    }

    [Theory]
    [InlineData(""", "run": "a" """, ""","run": "b" """)]
    [InlineData(""", "run": "a" """, "")]
    [InlineData("", """, "run": "b" """)]
    public async Task BatchCreateArtifacts_WithSeveralRuns_Returns400(string first, string second)
    {
        var answer = await Post(
            "runs", $$"""{"requests": [{"kind": "dataset", "name": "1", "uri": "file://1"{{first}}}, {"kind": "dataset", "name": "2", "uri": "file://2"{{second}}}]}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "requests[1].run");
    }

    [Fact]
    public async Task BatchCreateArtifacts_WithFaults_NamesAllOfThemAndStoresNothing()
    {
        var answer = await Post(
            "faults",
            $$"""
            {"requests": [{{Dataset}}, {"kind": "dataset", "uri": "file://x", "state": "X"}, {"kind": "thing"}, null,
                          {"kind": "model", "name": "m", "uri": "file://m", "customProperties": {"labels.x": 1}, "vresion": "v"}]}
            """);

        answer.ExpectProblem(
            HttpStatusCode.BadRequest, "requests[1].name", "requests[1].state", "requests[2].kind", "requests[3]",
            "requests[4].customProperties['labels.x']", "requests[4].vresion");
        Assert.Empty((await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/faults/artifacts")).Names());
    }

    [Theory]
    [InlineData("""{"kind": "metrics", "name": "e", "uri": "file://e", "modelId": "999999"}""", "requests[1].modelId")]
    [InlineData("""{"kind": "artifact", "type": "no/such"}""", "requests[1].type")]
    public async Task BatchCreateArtifacts_WithAReferenceThatDoesNotResolve_Returns422AndStoresNothing(string request, string path)
    {
        var answer = await Post("references", $$"""{"requests": [{{Dataset}}, {{request}}]}""");

        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, path);
        Assert.Empty((await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/references/artifacts")).Names());
    }

    [Theory]
    [InlineData("{}", "requests")]
    [InlineData("""{"requests": null}""", "requests")]
    [InlineData("""{"requests": []}""", "requests")]
    [InlineData("""{"requests": {}}""", "requests")]
    [InlineData("""{"requests": [{"kind": "artifact", "type": "mlmd.Statistics", "workspace": "other"}]}""", "requests[0].workspace")]
    [InlineData("""{"requests": [{"kind": "artifact", "type": "mlmd.Statistics", "externalId": "x"}, {"kind": "artifact", "type": "mlmd.Statistics", "externalId": "x"}]}""", "requests[1].externalId")]
    public async Task BatchCreateArtifacts_WithABadBody_Returns400(string body, string path)
    {
        var answer = await Post("bad", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    [Fact]
    public async Task BatchCreateArtifacts_OfMoreThanAThousand_Returns400()
    {
        var answer = await Post("more", $$"""{"requests": [{{string.Join(',', Enumerable.Repeat(Custom, 1001))}}]}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "requests");
    }

    [Fact]
    public async Task BatchCreateArtifacts_WithATakenExternalId_Returns409AndStoresNothing()
    {
        await Post("taken", """{"requests": [{"kind": "artifact", "type": "mlmd.Statistics", "name": "first", "externalId": "taken"}]}""");

        var answer = await Post("taken", $$"""{"requests": [{{Custom}}, {"kind": "artifact", "type": "mlmd.Statistics", "externalId": "taken"}]}""");

        answer.ExpectProblem(HttpStatusCode.Conflict, "requests[1].externalId");
        Assert.Equal(["first"], (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/taken/artifacts")).Names());
    }

    [Fact]
    public async Task BatchCreateArtifacts_InAnUnknownWorkspace_Returns404()
    {
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/unknown/artifacts:batchCreate", $$"""{"requests": [{{Custom}}]}""");

        answer.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task BatchCreateArtifacts_ByManyAtOnce_RecordsEachOnce()
    {
        var requests = string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"kind": "dataset", "name": "{{i}}", "uri": "file://{{i}}"}"""));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Post("race", $$"""{"requests": [{{requests}}]}""")));

        Assert.All(answers, answer => Assert.True(answer.Message.IsSuccessStatusCode, answer.Text));
        Assert.Single(answers.Select(answer => string.Join(',', answer["items"]!.AsArray().Select(item => (string?)item!["id"]))).Distinct());
        Assert.Equal(20, (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/race/datasets")).Names().Count);
    }

    private async Task<Answer> Post(string workspace, string body, string query = "")
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/{workspace}", "{}");
        return await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/{workspace}/artifacts:batchCreate{query}", body);
    }
}
