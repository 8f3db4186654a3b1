using System.Net;
using System.Text.Json.Nodes;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Executions;

public sealed class CreateExecutionTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Fact]
    public async Task CreateExecution_WithAllThreeFormsOfLinks_AnswersTheFullView()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var byId = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "a", "uri": "s3://a"}""");
        var matched = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "b", "uri": "s3://b", "version": "v1"}""");

        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$$"""
            {"name": "train", "run": "run 1/a", "description": "d", "state": "RUNNING", "externalId": "job-1",
             "customProperties": {"gpu": "a100", "epochs": 12, "rate": 0.5, "ok": true, "tags": ["x"], "more": {"k": null}},
             "inputs": [{"artifactId": "{{{byId}}}"}, {"match": {"kind": "dataset", "name": "b", "version": "v1"}, "key": "train data"}],
             "outputs": [{"kind": "model", "name": "m", "uri": "s3://m", "hyperparameters": {"lr": 0.10}, "key": "model"},
                         {"kind": "metrics", "name": "e", "uri": "s3://e", "dataSetId": "{{{byId}}}", "values": {"acc": 1.0}}]}
            """);

        answer.Expect(HttpStatusCode.Created);
        var id = (string)answer["id"]!;
        Assert.Equal($"/api/v1/executions/{id}", answer.Location);
        Assert.Equal([(byId, null), (matched, "train data")], answer["inputs"]!.AsArray().Select(Link));
        Assert.Equal(["model", "metrics"], answer["outputs"]!.AsArray().Select(link => (string?)link!["artifact"]!["kind"]));
        Assert.Equal("""{"lr":0.10}""", answer["outputs"]![0]!["artifact"]!["hyperparameters"]!.ToJsonString());
        Assert.All(answer["outputs"]!.AsArray(), link => Assert.Equal("run 1/a", (string?)link!["artifact"]!["run"]));
        var plain = await gateway.Client.GetJson(answer.Location!);
        var full = await gateway.Client.GetJson($"{answer.Location}?view=full");
        Assert.Equal(full.Text, answer.Text);
        Assert.Equal((full.ETag, full.ETag), (answer.ETag, plain.ETag));
        var shown = plain.Json!.AsObject();
        foreach (var changing in new[] { "id", "createTime", "updateTime", "etag" })
        {
            shown.Remove(changing);
        }

        Assert.Equal(
            $$$"""{"name":"train","type":"kubeflow.org/alpha/execution","typeVersion":null,"workspace":"{{{NameOf(workspace)}}}","run":"run 1/a","description":"d","state":"RUNNING","externalId":"job-1","properties":{},"customProperties":{"epochs":12,"gpu":"a100","more":{"k":null},"ok":true,"rate":0.5,"tags":["x"]}}""",
            shown.ToJsonString());
    }

    [Fact]
    public async Task CreateExecution_WithNewAndForeignArtifacts_AttributesOnlyItsOwn()
    {
        var elsewhere = await gateway.Client.NewWorkspaceAsync();
        var foreign = await gateway.Client.CreateAsync($"{elsewhere}/datasets", """{"name": "f", "uri": "s3://f"}""");
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$"""
            {"name": "e", "run": "r", "inputs": [{"artifactId": "{{foreign}}"}], "outputs": [{"kind": "model", "name": "m", "uri": "s3://m"}]}
            """);

        answer.Expect(HttpStatusCode.Created);
        var model = (string)answer["outputs"]![0]!["artifact"]!["id"]!;
        Assert.Equal(NameOf(elsewhere), (string?)answer["inputs"]![0]!["artifact"]!["workspace"]);
        Assert.Equal([model], await IdsAsync($"{workspace}/artifacts"));
        Assert.Equal([foreign], await IdsAsync($"{elsewhere}/artifacts"));
        Assert.Equal([(string)answer["id"]!], await IdsAsync($"{workspace}/runs/r/executions"));
        Assert.Empty(await IdsAsync($"{elsewhere}/executions"));
        var run = await gateway.Client.GetJson($"{workspace}/runs/r");
        var attributed = await gateway.Store.GetArtifactsByContextAsync(new() { ContextId = long.Parse((string)run["id"]!) });
        Assert.Equal([model], attributed.Artifacts.Select(artifact => $"{artifact.Id}"));
        var stored = (await gateway.Store.GetExecutionsByIDAsync(new() { ExecutionIds = { long.Parse((string)answer["id"]!) } })).Executions[0];
        Assert.Equal(["create_time", "name"], stored.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["__kf_run__", "__kf_workspace__"], stored.CustomProperties.Keys.Order(StringComparer.Ordinal));
        Assert.False(stored.HasName || stored.HasLastKnownState || stored.HasExternalId);
    }

    [Theory]
    [InlineData("""[{"artifactId": "$1"}, {"artifactId": "$1"}]""", null)]
    [InlineData("""[{"artifactId": "$1"}, {"artifactId": "$1", "key": "k"}]""", "k")]
    [InlineData("""[{"artifactId": "$1", "key": "k"}, {"artifactId": "$1"}]""", "k")]
    [InlineData("""[{"artifactId": "$1", "key": "k"}, {"artifactId": "$1", "key": "k"}]""", "k")]
    [InlineData("""[{"artifactId": "$1"}, {"match": {"name": "same"}, "key": "k"}]""", "k")]
    [InlineData("""[{"match": {"uri": "s3://same"}}, {"kind": "dataset", "name": "same", "uri": "s3://same"}]""", null)]
    [InlineData("""[{"artifactId": "$1", "key": ""}, {"kind": "dataset", "name": "same", "uri": "s3://same", "key": null}]""", null)]
    public async Task CreateExecution_WithTheSameArtifactTwice_LinksItOnce(string links, string? key)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var id = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "same", "uri": "s3://same"}""");
        var body = links.Replace("$1", id, StringComparison.Ordinal);

        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$"""{"name": "e", "inputs": {{body}}, "outputs": {{body}}}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal([(id, key)], answer["inputs"]!.AsArray().Select(Link));
        Assert.Equal([(id, key)], answer["outputs"]!.AsArray().Select(Link));
        Assert.Equal((await gateway.Client.GetJson($"{answer.Location}?view=full")).Text, answer.Text);
    }

    [Theory]
    [InlineData("""{"artifactId": "$1", "key": "b"}""")]
    [InlineData("""{"match": {"name": "same"}, "key": "b"}""")]
    [InlineData("""{"kind": "dataset", "name": "same", "uri": "s3://same", "key": "b"}""")]
    public async Task CreateExecution_WithTwoKeysForOneArtifact_Returns400NamingTheKey(string second)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var id = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "same", "uri": "s3://same"}""");
        var before = await StoredRows.CountAsync(gateway.Store);

        var answer = await gateway.Client.PostJson(
            $"{workspace}/executions", $$"""{"name": "e", "outputs": [{"artifactId": "{{id}}", "key": "a"}, {{second.Replace("$1", id, StringComparison.Ordinal)}}]}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "outputs[1].key");
        Assert.Equal(before, await StoredRows.CountAsync(gateway.Store));
    }

    [Fact]
    public async Task CreateExecution_WithTheSameNewDatasetInBothLists_RecordsItOnce()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        const string Dataset = """{"kind": "dataset", "name": "both", "uri": "s3://both", "version": "1"}""";

        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$"""{"name": "e", "inputs": [{{Dataset}}, {{Dataset}}], "outputs": [{{Dataset}}]}""");

        answer.Expect(HttpStatusCode.Created);
        var id = Assert.Single(await IdsAsync($"{workspace}/artifacts"));
        Assert.Equal([(id, null)], answer["inputs"]!.AsArray().Select(Link));
        Assert.Equal([(id, null)], answer["outputs"]!.AsArray().Select(Link));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?ifExists=new", 4)]
    public async Task CreateExecution_WithEqualInlineArtifacts_NewMetricsEachTime(string query, int expected)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        const string Outputs = """
            [{"kind": "metrics", "name": "m", "uri": "s3://m"}, {"kind": "metrics", "name": "m", "uri": "s3://m"},
             {"kind": "model", "name": "m", "uri": "s3://m"}, {"kind": "model", "name": "m", "uri": "s3://m"}]
            """;

        var answer = await gateway.Client.PostJson($"{workspace}/executions{query}", $$"""{"name": "e", "outputs": {{Outputs}}}""");

        Assert.Equal(expected, answer.Expect(HttpStatusCode.Created)["outputs"]!.AsArray().Count);
        Assert.Equal(expected, (await IdsAsync($"{workspace}/artifacts")).Count());
    }

    [Fact]
    public async Task CreateExecution_WithOneDatasetGivenTwice_TellsWhereTheSecondDiffers()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var created = await gateway.Client.PostJson($"{workspace}/executions", """
            {"name": "e", "inputs": [{"kind": "dataset", "name": "d", "uri": "u", "description": "first"}],
             "outputs": [{"kind": "dataset", "name": "d", "uri": "u", "description": "second"}]}
            """);

        var output = created.Expect(HttpStatusCode.Created)["outputs"]![0]!["artifact"]!;
        Assert.Equal(("first", """["description"]"""), ((string?)output["description"], output["conflicts"]?.ToJsonString()));
    }

    [Fact]
    public async Task CreateExecution_ReusingADatasetThatDiffers_TellsTheConflicts()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var id = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://d", "owner": "o"}""");
        const string Body = """{"name": "e", "inputs": [{"kind": "dataset", "name": "d", "uri": "s3://d", "owner": "o", "description": "other"}]}""";

        var reused = await gateway.Client.PostJson($"{workspace}/executions", Body);
        var refused = await gateway.Client.PostJson($"{workspace}/executions?ifExists=fail", Body);
        var updated = await gateway.Client.PostJson($"{workspace}/executions?ifExists=update", Body);

        var artifact = reused.Expect(HttpStatusCode.Created)["inputs"]![0]!["artifact"]!;
        Assert.Equal((id, """["description"]""", null), ((string)artifact["id"]!, artifact["conflicts"]!.ToJsonString(), (string?)artifact["description"]));
        refused.ExpectProblem(HttpStatusCode.Conflict);
        artifact = updated.Expect(HttpStatusCode.Created)["inputs"]![0]!["artifact"]!;
        Assert.Equal((id, "other", null), ((string)artifact["id"]!, (string?)artifact["description"], artifact["conflicts"]));
        Assert.Equal(2, (await IdsAsync($"{workspace}/executions")).Count());
    }

    [Fact]
    public async Task CreateExecution_InMissingWorkspace_Returns404UnlessAskedToCreateIt()
    {
        const string Executions = $"{HttpJson.Api}/workspaces/made%2Fon demand/executions";

        var refused = await gateway.Client.PostJson(Executions.Replace(" ", "%20", StringComparison.Ordinal), """{"name": "e"}""");
        var created = await gateway.Client.PostJson(Executions.Replace(" ", "%20", StringComparison.Ordinal) + "?createWorkspace=true", """{"name": "e", "run": "r"}""");
        var again = await gateway.Client.PostJson(Executions.Replace(" ", "%20", StringComparison.Ordinal) + "?createWorkspace=true", """{"name": "e", "run": "r"}""");

        refused.ExpectProblem(HttpStatusCode.NotFound);
        Assert.Equal("made/on demand", (string?)created.Expect(HttpStatusCode.Created)["workspace"]);
        again.Expect(HttpStatusCode.Created);
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/made%2Fon%20demand/runs/r")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"name": "e", "run": "r", "type": "no.such.Type"}""", HttpStatusCode.UnprocessableEntity, "type")]
    [InlineData("""{"name": "e", "run": "r", "inputs": [{"artifactId": "999999"}]}""", HttpStatusCode.UnprocessableEntity, "inputs[0].artifactId")]
    [InlineData("""{"name": "e", "run": "r", "inputs": [{"match": {"name": "nothing"}}]}""", HttpStatusCode.UnprocessableEntity, "inputs[0].match")]
    [InlineData("""{"name": "e", "run": "r", "inputs": [{"match": {"uri": "nothing"}}]}""", HttpStatusCode.UnprocessableEntity, "inputs[0].match")]
    [InlineData("""{"name": "e", "properties": {"p": "undeclared"}}""", HttpStatusCode.BadRequest, "properties.p")]
    [InlineData("""{"name": "e", "outputs": [{"kind": "artifact", "type": "no.such.Type"}]}""", HttpStatusCode.UnprocessableEntity, "outputs[0].type")]
    public async Task CreateExecution_RefusedWithCreateWorkspace_LeavesNoWorkspace(string body, HttpStatusCode status, string path)
    {
        var before = await StoredRows.CountAsync(gateway.Store);

        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/never-made/executions?createWorkspace=true", body);

        answer.ExpectProblem(status, path);
        Assert.Equal(before, await StoredRows.CountAsync(gateway.Store));
    }

    [Theory]
    [InlineData("""{"artifactId": "999999"}""", HttpStatusCode.UnprocessableEntity, "outputs[1].artifactId")]
    [InlineData("""{"match": {"name": "absent"}}""", HttpStatusCode.UnprocessableEntity, "outputs[1].match")]
    [InlineData("""{"kind": "artifact", "type": "no.such.Type"}""", HttpStatusCode.UnprocessableEntity, "outputs[1].type")]
    [InlineData("""{"kind": "metrics", "name": "m", "uri": "u", "modelId": "999999"}""", HttpStatusCode.UnprocessableEntity, "outputs[1].modelId")]
    [InlineData("""{"kind": "model", "name": "m"}""", HttpStatusCode.BadRequest, "outputs[1].uri")]
    [InlineData("""{"kind": "dataset", "name": "d", "uri": "u", "externalId": "taken"}""", HttpStatusCode.Conflict, "outputs[1].externalId")]
    public async Task CreateExecution_WithOneBadLink_StoresNothing(string link, HttpStatusCode status, string path)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.PostJson($"{workspace}/models", """{"name": "holder", "uri": "u", "externalId": "taken"}""");
        var before = await StoredRows.CountAsync(gateway.Store);

        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$"""
            {"name": "e", "run": "new run", "inputs": [{"kind": "dataset", "name": "fresh", "uri": "s3://fresh"}],
             "outputs": [{"kind": "model", "name": "fresh", "uri": "s3://fresh"}, {{link}}]}
            """);

        answer.ExpectProblem(status, path);
        Assert.Equal(before, await StoredRows.CountAsync(gateway.Store));
    }

    [Fact]
    public async Task CreateExecution_WithSeveralUnresolvedLinks_NamesThemAll()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var answer = await gateway.Client.PostJson($"{workspace}/executions", """
            {"name": "e", "inputs": [{"artifactId": "999998"}, {"match": {"uri": "none"}}], "outputs": [{"artifactId": "999999"}]}
            """);

        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "inputs[0].artifactId", "inputs[1].match", "outputs[0].artifactId");
        Assert.Equal("FAILED_PRECONDITION", (string?)answer["code"]);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name": "e", "id": "1"}""", "id")]
    [InlineData("""{"name": "e", "createTime": "2026-01-01T00:00:00Z"}""", "createTime")]
    [InlineData("""{"name": "e", "state": "running"}""", "state")]
    [InlineData("""{"name": "e", "run": ".."}""", "run")]
    [InlineData("""{"name": "e", "workspace": "other"}""", "workspace")]
    [InlineData("""{"name": "e", "customProperties": {"__kf_run__": "r", "metadata-gateway/x": 1}}""", "customProperties.__kf_run__", "customProperties['metadata-gateway/x']")]
    [InlineData("""{"name": "e", "type": "mlmd.Train", "customProperties": {"name": "n"}}""", "customProperties.name")]
    [InlineData("""{"name": "e", "properties": {"owner": 1}}""", "properties.owner")]
    [InlineData("""{"name": "e", "inputs": [{}]}""", "inputs[0].kind")]
    [InlineData("""{"name": "e", "inputs": [null]}""", "inputs[0]")]
    [InlineData("""{"name": "e", "inputs": [{"artifactId": "x"}, {"artifactId": "-1"}]}""", "inputs[0].artifactId", "inputs[1].artifactId")]
    [InlineData("""{"name": "e", "inputs": [{"artifactId": "1", "match": {"name": "x"}}]}""", "inputs[0].match")]
    [InlineData("""{"name": "e", "inputs": [{"artifactId": "1", "name": "x"}]}""", "inputs[0].name")]
    [InlineData("""{"name": "e", "inputs": [{"match": {"version": "v1"}}]}""", "inputs[0].match.name")]
    [InlineData("""{"name": "e", "inputs": [{"match": {"name": "x", "nam": "y"}}]}""", "inputs[0].match.nam")]
    [InlineData("""{"name": "e", "inputs": [{"match": {"name": "x", "uri": "__MLMD_NULL__"}}]}""", "inputs[0].match.uri")]
    [InlineData("""{"name": "e", "inputs": [{"kind": "dataset", "name": "x", "uri": "u", "run": "other"}]}""", "inputs[0].run")]
    [InlineData("""{"name": "e", "inputs": [{"kind": "dataset", "name": "x", "uri": "u", "workspace": "other"}]}""", "inputs[0].workspace")]
    [InlineData("""{"name": "e", "inputs": [{"kind": "dataset", "name": "x", "uri": "u", "key": "mlmd-struct::"}]}""", "inputs[0].key")]
    public async Task CreateExecution_WithBadBody_Returns400NamingEachField(string body, params string[] paths)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var answer = await gateway.Client.PostJson($"{workspace}/executions", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Theory]
    [InlineData("createWorkspace=yes", "createWorkspace")]
    [InlineData("createWorkspace=true&createWorkspace=true", "createWorkspace")]
    [InlineData("ifExists=maybe", "ifExists")]
    [InlineData("ifexists=new", "ifexists")]
    public async Task CreateExecution_WithBadQuery_Returns400(string query, string path)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var answer = await gateway.Client.PostJson($"{workspace}/executions?{query}", """{"name": "e"}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    [Theory]
    [InlineData("""{"name": "d"}""", 3)]
    [InlineData("""{"name": "d", "version": "v1"}""", 1)]
    [InlineData("""{"name": "d", "kind": "dataset"}""", 1)]
    [InlineData("""{"uri": "s3://2"}""", 4)]
    [InlineData("""{"uri": "s3://2", "name": "d", "version": "v2", "kind": "model"}""", 2)]
    [InlineData("""{"uri": "s3://1", "kind": "dataset"}""", 1)]
    [InlineData("""{"name": "d", "uri": "s3://3"}""", 3)]
    [InlineData("""{"name": "t", "kind": "artifact"}""", 4)]
    public async Task CreateExecution_WithMatch_TakesTheNewestThatIsNotDeleted(string match, int expected)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var other = await gateway.Client.NewWorkspaceAsync();
        string[] ids =
        [
            await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "d", "uri": "s3://1", "version": "v1"}"""),
            await gateway.Client.CreateAsync($"{workspace}/models", """{"name": "d", "uri": "s3://2", "version": "v2"}"""),
            await gateway.Client.CreateAsync($"{workspace}/metrics", """{"name": "d", "uri": "s3://3"}"""),
            await gateway.Client.CreateAsync($"{workspace}/artifacts", """{"kind": "artifact", "type": "mlmd.Statistics", "name": "t", "uri": "s3://2"}"""),
            await gateway.Client.CreateAsync($"{workspace}/datasets?ifExists=new", """{"name": "d", "uri": "s3://1", "version": "v1", "state": "MARKED_FOR_DELETION"}"""),
            await gateway.Client.CreateAsync($"{workspace}/models?ifExists=new", """{"name": "d", "uri": "s3://2", "version": "v2", "state": "DELETED"}"""),
            await gateway.Client.CreateAsync($"{other}/datasets", """{"name": "d", "uri": "s3://1", "version": "v1"}"""),
        ];
        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$$"""{"name": "e", "inputs": [{"match": {{{match}}}}]}""");

        Assert.Equal([(ids[expected - 1], null)], answer.Expect(HttpStatusCode.Created)["inputs"]!.AsArray().Select(Link));
    }

    [Theory]
    [InlineData("""{"name": "gone"}""")]
    [InlineData("""{"uri": "s3://gone"}""")]
    [InlineData("""{"name": "here", "version": "v2"}""")]
    [InlineData("""{"name": "HERE"}""")]
    [InlineData("""{"name": "here", "kind": "model"}""")]
    [InlineData("""{"uri": "s3://here", "name": "gone"}""")]
    public async Task CreateExecution_WithMatchOfNothing_Returns422(string match)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "gone", "uri": "s3://gone", "state": "DELETED"}""");
        await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "here", "uri": "s3://here", "version": "v1"}""");

        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$$"""{"name": "e", "inputs": [{"match": {{{match}}}}]}""");

        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "inputs[0].match");
    }

    [Fact]
    public async Task CreateExecution_WithMatchFarBack_FindsItBehindManyOthers()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var wanted = await gateway.Client.CreateAsync($"{workspace}/datasets", """{"name": "far", "uri": "s3://far"}""");
        var many = string.Join(", ", Enumerable.Range(0, 250).Select(i => $$"""{"kind": "metrics", "name": "m{{i}}", "uri": "u"}"""));
        (await gateway.Client.PostJson($"{workspace}/executions", $$"""{"name": "fill", "outputs": [{{many}}]}""")).Expect(HttpStatusCode.Created);

        var answer = await gateway.Client.PostJson($"{workspace}/executions", """{"name": "e", "inputs": [{"match": {"name": "far"}}]}""");

        Assert.Equal([(wanted, null)], answer.Expect(HttpStatusCode.Created)["inputs"]!.AsArray().Select(Link));
    }

    [Fact]
    public async Task CreateExecution_WithTakenExternalId_Returns409()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Client.CreateAsync($"{workspace}/executions", """{"name": "e", "externalId": "only-once"}""");

        var answer = await gateway.Client.PostJson($"{workspace}/executions", """{"name": "f", "externalId": "only-once", "outputs": [{"kind": "model", "name": "m", "uri": "u"}]}""");

        answer.ExpectProblem(HttpStatusCode.Conflict, "externalId");
        Assert.Empty(await IdsAsync($"{workspace}/artifacts"));
    }

    [Fact]
    public async Task CreateExecution_OfAType_KeepsNameAndDescriptionWhereTheTypeDeclaresThem()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        await gateway.Store.PutExecutionTypeAsync(new()
        {
            ExecutionType = new() { Name = "acme.org/v1/declared", Version = "2", Properties = { ["name"] = PropertyType.String, ["count"] = PropertyType.Int, ["rate"] = PropertyType.Double } },
        });

        var answer = await gateway.Client.PostJson($"{workspace}/executions", """
            {"name": "n", "description": "d", "type": "acme.org/v1/declared", "typeVersion": "2", "properties": {"count": 3, "rate": 2}, "customProperties": {"x": "y"}}
            """);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal("""{"count":3,"name":"n","rate":2.0}""", answer["properties"]!.ToJsonString());
        Assert.Equal("""{"x":"y"}""", answer["customProperties"]!.ToJsonString());
        Assert.Equal(("n", "d", "acme.org/v1/declared", "2"), ((string?)answer["name"], (string?)answer["description"], (string?)answer["type"], (string?)answer["typeVersion"]));
        var stored = (await gateway.Store.GetExecutionsByIDAsync(new() { ExecutionIds = { long.Parse((string)answer["id"]!) } })).Executions[0];
        Assert.Equal("n", stored.Properties["name"].StringValue);
        Assert.Equal("d", stored.CustomProperties["description"].StringValue);
        Assert.False(stored.Properties.ContainsKey("create_time"));
        (await gateway.Client.PostJson($"{workspace}/executions", """{"name": "n", "type": "acme.org/v1/declared"}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "type");
    }

    [Fact]
    public async Task CreateExecution_OfAType_TakesDeclaredPropertiesOnly()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var type = new ExecutionType { Name = "acme.org/v1/growing", Properties = { ["count"] = PropertyType.Int } };
        await gateway.Store.PutExecutionTypeAsync(new() { ExecutionType = type });

        var undeclared = await gateway.Client.PostJson($"{workspace}/executions", """{"name": "n", "type": "acme.org/v1/growing", "properties": {"more": "m", "count": "three"}}""");
        type.Properties["more"] = PropertyType.String;
        await gateway.Store.PutExecutionTypeAsync(new() { ExecutionType = type, CanAddFields = true });
        var declared = await gateway.Client.PostJson($"{workspace}/executions", """{"name": "n", "type": "acme.org/v1/growing", "properties": {"more": "m"}}""");

        undeclared.ExpectProblem(HttpStatusCode.BadRequest, "properties.more", "properties.count");
        Assert.Equal("""{"more":"m"}""", declared.Expect(HttpStatusCode.Created)["properties"]!.ToJsonString());
    }

    [Fact]
    public async Task CreateExecution_ByManyAtOnceWithTheSameDataset_RecordsItOnce()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => gateway.Client.PostJson($"{workspace}/executions", $$"""
            {"name": "e{{i}}", "run": "r", "inputs": [{"kind": "dataset", "name": "shared", "uri": "s3://shared"}], "outputs": [{"kind": "metrics", "name": "m{{i}}", "uri": "u"}]}
            """)));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
        Assert.Single(answers.Select(answer => (string?)answer["inputs"]![0]!["artifact"]!["id"]).Distinct());
        Assert.Equal(13, (await IdsAsync($"{workspace}/artifacts")).Count());
        Assert.Single(await IdsAsync($"{workspace}/runs"));
    }

    private async Task<IEnumerable<string>> IdsAsync(string path) =>
        (await gateway.Client.GetJson($"{path}?pageSize=1000")).Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string)item!["id"]!);

    private static (string Id, string? Key) Link(JsonNode? link) => ((string)link!["artifact"]!["id"]!, (string?)link["key"]);

    private static string NameOf(string workspace) => workspace[(workspace.LastIndexOf('/') + 1)..];
}
