using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Executions;

public sealed class LinkArtifactTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("inputs")]
    [InlineData("outputs")]
    public async Task Link_ByReference_Returns201ThenTheSameLinkWith200(string direction)
    {
        var (workspace, execution) = await NewExecutionAsync();
        var artifact = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://d"}""");
        var body = $$"""{"artifactId": "{{artifact}}", "key": "k"}""";

        var first = await gateway.Client.PostJson($"{execution}/{direction}", body);
        var second = await gateway.Client.PostJson($"{execution}/{direction}", body);
        var withoutKey = await gateway.Client.PostJson($"{execution}/{direction}", $$"""{"artifactId": "{{artifact}}"}""");
        var otherKey = await gateway.Client.PostJson($"{execution}/{direction}", $$"""{"artifactId": "{{artifact}}", "key": "other"}""");

        first.Expect(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/artifacts/{artifact}", first.Location);
        Assert.Equal("k", (string?)first["key"]);
        Assert.Equal(first.Text, second.Expect(HttpStatusCode.OK).Text);
        Assert.Equal(first.Location, second.Location);
        Assert.Equal(first.Text, withoutKey.Expect(HttpStatusCode.OK).Text);
        otherKey.ExpectProblem(HttpStatusCode.Conflict);
        Assert.Equal("ALREADY_EXISTS", (string?)otherKey["code"]);
        var list = await gateway.Client.GetJson($"{execution}/{direction}");
        Assert.Equal(first.Json!.ToJsonString(), Assert.Single(list["items"]!.AsArray())!.ToJsonString());
    }

    [Fact]
    public async Task Link_AsInputAndAsOutput_AreTwoLinks()
    {
        var (workspace, execution) = await NewExecutionAsync();
        var artifact = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://d"}""");

        (await gateway.Client.PostJson($"{execution}/inputs", $$"""{"artifactId": "{{artifact}}", "key": "in"}""")).Expect(HttpStatusCode.Created);
        (await gateway.Client.PostJson($"{execution}/outputs", $$"""{"artifactId": "{{artifact}}", "key": "out"}""")).Expect(HttpStatusCode.Created);

        var full = await gateway.Client.GetJson($"{execution}?view=full");
        Assert.Equal(("in", "out"), ((string?)Assert.Single(full["inputs"]!.AsArray())!["key"], (string?)Assert.Single(full["outputs"]!.AsArray())!["key"]));
    }

    [Fact]
    public async Task Link_WithoutKeyThenWithOne_Returns409()
    {
        var (workspace, execution) = await NewExecutionAsync();
        var artifact = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://d"}""");
        await gateway.Client.PostJson($"{execution}/inputs", $$"""{"artifactId": "{{artifact}}"}""");

        var answer = await gateway.Client.PostJson($"{execution}/inputs", $$"""{"artifactId": "{{artifact}}", "key": "late"}""");

        answer.ExpectProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Link_OfForeignArtifact_DoesNotMoveItIntoTheWorkspace()
    {
        var (workspace, execution) = await NewExecutionAsync("""{"name": "e", "run": "r"}""");
        var elsewhere = await gateway.Client.NewWorkspaceAsync();
        var foreign = await gateway.Client.CreateAsync($"{elsewhere}/datasets", """{"name": "f", "uri": "s3://f"}""");

        var answer = await gateway.Client.PostJson($"{execution}/inputs", $$"""{"artifactId": "{{foreign}}"}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.EndsWith((string)answer["artifact"]!["workspace"]!, elsewhere, StringComparison.Ordinal);
        Assert.Empty((await gateway.Client.GetJson($"{workspace}/artifacts"))["items"]!.AsArray());
        Assert.Single((await gateway.Store.GetContextsByArtifactAsync(new() { ArtifactId = long.Parse(foreign) })).Contexts);
    }

    [Fact]
    public async Task Link_InlineTwice_ReusesDatasetsAndRecordsMetricsAnew()
    {
        var (workspace, execution) = await NewExecutionAsync("""{"name": "e", "run": "r"}""");
        const string Dataset = """{"kind": "dataset", "name": "d", "uri": "s3://d", "key": "data"}""";
        const string Metrics = """{"kind": "metrics", "name": "m", "uri": "s3://m"}""";

        var first = await gateway.Client.PostJson($"{execution}/outputs", Dataset);
        var second = await gateway.Client.PostJson($"{execution}/outputs", Dataset);
        await gateway.Client.PostJson($"{execution}/outputs", Metrics);
        var metrics = await gateway.Client.PostJson($"{execution}/outputs", Metrics);

        first.Expect(HttpStatusCode.Created);
        Assert.Equal("r", (string?)first["artifact"]!["run"]);
        Assert.Equal(first.Text, second.Expect(HttpStatusCode.OK).Text);
        metrics.Expect(HttpStatusCode.Created);
        Assert.Equal(3, (await gateway.Client.GetJson($"{workspace}/artifacts"))["items"]!.AsArray().Count);
        Assert.Equal(3, (await gateway.Client.GetJson($"{execution}/outputs"))["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("", HttpStatusCode.Created, "first", "description")]
    [InlineData("?ifExists=reuse", HttpStatusCode.Created, "first", "description")]
    [InlineData("?ifExists=update", HttpStatusCode.Created, "second", null)]
    [InlineData("?ifExists=new", HttpStatusCode.Created, "second", null)]
    [InlineData("?ifExists=fail", HttpStatusCode.Conflict, null, null)]
    public async Task Link_InlineOfAnExistingModel_FollowsIfExists(string query, HttpStatusCode status, string? description, string? conflict)
    {
        var (workspace, execution) = await NewExecutionAsync();
        var stored = await gateway.Client.CreateAsync($"{workspace}/models", """{"name": "m", "uri": "s3://m", "description": "first"}""");

        var answer = await gateway.Client.PostJson($"{execution}/outputs{query}", """{"kind": "model", "name": "m", "uri": "s3://m", "description": "second"}""");

        answer.Expect(status);
        if (status == HttpStatusCode.Created)
        {
            var artifact = answer["artifact"]!;
            Assert.Equal(description, (string?)artifact["description"]);
            Assert.Equal(conflict, (string?)artifact["conflicts"]?[0]);
            Assert.Equal(query == "?ifExists=new", (string?)artifact["id"] != stored);
        }
    }

    [Fact]
    public async Task Link_ByMatch_TakesTheNewestOfTheExecutionsWorkspace()
    {
        var (workspace, execution) = await NewExecutionAsync();
        await gateway.Client.CreateAsync($"{workspace}/models", """{"name": "m", "uri": "s3://1", "version": "v1"}""");
        var newest = await gateway.Client.CreateAsync($"{workspace}/models", """{"name": "m", "uri": "s3://2", "version": "v2"}""");

        var answer = await gateway.Client.PostJson($"{execution}/inputs", """{"match": {"name": "m", "kind": "model"}, "key": "model"}""");
        var none = await gateway.Client.PostJson($"{execution}/inputs", """{"match": {"name": "other"}}""");

        Assert.Equal((newest, "model"), ((string?)answer.Expect(HttpStatusCode.Created)["artifact"]!["id"], (string?)answer["key"]));
        none.ExpectProblem(HttpStatusCode.UnprocessableEntity, "match");
    }

    [Theory]
    [InlineData(Event.Types.Type.DeclaredInput, HttpStatusCode.OK, "inputs")]
    [InlineData(Event.Types.Type.DeclaredOutput, HttpStatusCode.OK, "outputs")]
    [InlineData(Event.Types.Type.InternalInput, HttpStatusCode.Created, "inputs")]
    [InlineData(Event.Types.Type.InternalOutput, HttpStatusCode.Created, "outputs")]
    [InlineData(Event.Types.Type.PendingOutput, HttpStatusCode.Created, "outputs")]
    public async Task Link_WhereOthersLinkedAlready_CountsDeclaredEventsOnly(Event.Types.Type type, HttpStatusCode status, string direction)
    {
        var (workspace, execution) = await NewExecutionAsync();
        var artifact = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://d"}""");
        await gateway.Store.PutEventsAsync(new()
        {
            Events = { new Event { ArtifactId = long.Parse(artifact), ExecutionId = IdOf(execution), Type = type, Path = new() { Steps = { new Event.Types.Path.Types.Step { Key = "k" } } } } },
        });

        var before = await gateway.Client.GetJson($"{execution}/{direction}");
        var answer = await gateway.Client.PostJson($"{execution}/{direction}", $$"""{"artifactId": "{{artifact}}", "key": "k"}""");
        var after = await gateway.Client.GetJson($"{execution}/{direction}");

        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, before["items"]!.AsArray().Count);
        answer.Expect(status);
        Assert.Equal(answer.Json!.ToJsonString(), Assert.Single(after["items"]!.AsArray())!.ToJsonString());
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "kind")]
    [InlineData("""{"artifactId": "01x"}""", HttpStatusCode.BadRequest, "artifactId")]
    [InlineData("""{"artifactId": "1", "nam": "x"}""", HttpStatusCode.BadRequest, "nam")]
    [InlineData("""{"artifactId": "999999"}""", HttpStatusCode.UnprocessableEntity, "artifactId")]
    [InlineData("""{"kind": "model", "name": "m"}""", HttpStatusCode.BadRequest, "uri")]
    [InlineData("""{"kind": "model", "name": "m", "uri": "u", "run": "other"}""", HttpStatusCode.BadRequest, "run")]
    [InlineData("""{"kind": "model", "name": "m", "uri": "u", "workspace": "other"}""", HttpStatusCode.BadRequest, "workspace")]
    [InlineData("""{"kind": "artifact", "type": "no.such"}""", HttpStatusCode.UnprocessableEntity, "type")]
    public async Task Link_WithBadBody_StoresNothing(string body, HttpStatusCode status, string path)
    {
        var (_, execution) = await NewExecutionAsync();
        var before = await StoredRows.CountAsync(gateway.Store);

        var answer = await gateway.Client.PostJson($"{execution}/inputs", body);

        answer.ExpectProblem(status, path);
        Assert.Equal(before, await StoredRows.CountAsync(gateway.Store));
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("abc")]
    [InlineData("-1")]
    public async Task Link_ToUnknownExecution_Returns404(string id)
    {
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/executions/{id}/inputs", """{"artifactId": "1"}""");

        answer.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Link_ToExecutionOfNoWorkspace_WorksByReferenceOnly()
    {
        var type = await gateway.Store.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "acme.Loose" } });
        var loose = (await gateway.Store.PutExecutionsAsync(new() { Executions = { new Execution { TypeId = type.TypeId } } })).ExecutionIds[0];
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var artifact = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://d"}""");

        var byId = await gateway.Client.PostJson($"{HttpJson.Api}/executions/{loose}/inputs", $$"""{"artifactId": "{{artifact}}"}""");
        var inline = await gateway.Client.PostJson($"{HttpJson.Api}/executions/{loose}/inputs", """{"kind": "model", "name": "m", "uri": "u"}""");

        byId.Expect(HttpStatusCode.Created);
        inline.ExpectProblem(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Link_ByManyAtOnce_IsNewForOneOfThem()
    {
        var (workspace, execution) = await NewExecutionAsync();
        var artifact = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://d"}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => gateway.Client.PostJson($"{execution}/inputs", $$"""{"artifactId": "{{artifact}}"}""")));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(9, answers.Count(answer => answer.Status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Links_OfManyArtifacts_AreListedInPages()
    {
        var outputs = string.Join(", ", Enumerable.Range(0, 25).Select(i => $$"""{"kind": "metrics", "name": "m{{i}}", "uri": "u", "key": "k{{i}}"}"""));
        var (_, execution) = await NewExecutionAsync($$"""{"name": "e", "outputs": [{{outputs}}]}""");

        var keys = new List<string?>();
        string? token = null;
        do
        {
            var page = await gateway.Client.GetJson($"{execution}/outputs?pageSize=10{(token is null ? "" : $"&pageToken={token}")}");
            keys.AddRange(page.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string?)item!["key"]));
            token = (string?)page["nextPageToken"];
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"k{i}"), keys);
        (await gateway.Client.GetJson($"{execution}/outputs?orderBy=id")).ExpectProblem(HttpStatusCode.BadRequest, "orderBy");
    }

    private async Task<(string Workspace, string Execution)> NewExecutionAsync(string body = """{"name": "e"}""")
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        return (workspace, $"{HttpJson.Api}/executions/{await gateway.Client.CreateAsync($"{workspace}/executions", body)}");
    }

    private static long IdOf(string execution) => long.Parse(execution[(execution.LastIndexOf('/') + 1)..]);
}
