using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Executions;

public sealed class UpdateExecutionTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Fact]
    public async Task UpdateExecution_MergesMemberByMember()
    {
        var execution = await NewExecutionAsync("""{"name": "e", "description": "d", "run": "r", "customProperties": {"a": 1, "b": {"x": 1, "y": 2}, "c": "gone"}}""");

        var answer = await gateway.Client.PatchJson(execution, """{"state": "COMPLETE", "customProperties": {"a": 2.0, "b": {"x": null}, "c": null, "d": true}}""");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("""{"a":2.0,"b":{"x":null},"d":true}""", answer["customProperties"]!.ToJsonString());
        Assert.Equal(("e", "d", "COMPLETE", "r"), ((string?)answer["name"], (string?)answer["description"], (string?)answer["state"], (string?)answer["run"]));
        var read = await gateway.Client.GetJson(execution);
        Assert.Equal((read.Text, read.ETag), (answer.Text, answer.ETag));
    }

    [Theory]
    [InlineData("""{"name": "other"}""", "name", "other")]
    [InlineData("""{"description": ""}""", "description", null)]
    [InlineData("""{"description": null}""", "description", null)]
    [InlineData("""{"state": null}""", "state", null)]
    [InlineData("""{"state": "CANCELED"}""", "state", "CANCELED")]
    [InlineData("""{"externalId": null}""", "externalId", null)]
    [InlineData("""{"properties": {"owner": "me"}}""", "properties", """{"owner":"me"}""")]
    [InlineData("""{"customProperties": null}""", "customProperties", "{}")]
    [InlineData("""{"customProperties": {"name": "n", "description": "x"}}""", "customProperties", """{"a":1,"description":"x","name":"n"}""")]
    public async Task UpdateExecution_OfOneField_ChangesItAlone(string patch, string field, string? expected)
    {
        var body = $$$"""{"name": "e", "description": "d", "state": "RUNNING", "externalId": "x-{{{Guid.NewGuid()}}}", "customProperties": {"a": 1}}""";
        var execution = await NewExecutionAsync(body);
        var before = (await gateway.Client.GetJson(execution)).Json!.AsObject();

        var after = (await gateway.Client.PatchJson(execution, patch)).Expect(HttpStatusCode.OK).Json!.AsObject();

        var shown = after[field];
        Assert.Equal(expected, shown is System.Text.Json.Nodes.JsonObject ? shown.ToJsonString() : (string?)shown);
        foreach (var changing in new[] { field, "updateTime", "etag" })
        {
            before.Remove(changing);
            after.Remove(changing);
        }

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Theory]
    [InlineData("""{"name": null}""", "name")]
    [InlineData("""{"name": ""}""", "name")]
    [InlineData("""{"type": "other"}""", "type")]
    [InlineData("""{"type": null}""", "type")]
    [InlineData("""{"workspace": "other"}""", "workspace")]
    [InlineData("""{"run": "other"}""", "run")]
    [InlineData("""{"run": null}""", "run")]
    [InlineData("""{"id": "999"}""", "id")]
    [InlineData("""{"createTime": "2020-01-01T00:00:00.000Z"}""", "createTime")]
    [InlineData("""{"state": "DONE"}""", "state")]
    [InlineData("""{"inputs": []}""", "inputs")]
    [InlineData("""{"properties": {"nothing": "x"}}""", "properties.nothing")]
    [InlineData("""{"properties": {"name": "x"}}""", "properties.name")]
    [InlineData("""{"customProperties": {"__kf_workspace__": "x"}}""", "customProperties.__kf_workspace__")]
    [InlineData("""{"customProperties": {"a": {"@double": "NaN"}}}""", "customProperties.a['@double']")]
    [InlineData("""{"typo": 1}""", "typo")]
    public async Task UpdateExecution_OfWhatCannotBeChanged_Returns400(string patch, string path)
    {
        var execution = await NewExecutionAsync("""{"name": "e", "run": "r"}""");
        var before = await gateway.Client.GetJson(execution);

        var answer = await gateway.Client.PatchJson(execution, patch);

        answer.ExpectProblem(HttpStatusCode.BadRequest, path);
        Assert.Equal(before.Text, (await gateway.Client.GetJson(execution)).Text);
    }

    [Fact]
    public async Task UpdateExecution_WithTheWholeResourceSentBack_ChangesNothing()
    {
        var execution = await NewExecutionAsync("""{"name": "e", "run": "r", "state": "NEW", "customProperties": {"a": 1.0, "s": {"k": [1]}}}""");
        var before = await gateway.Client.GetJson(execution);

        var answer = await gateway.Client.PatchJson(execution, before.Text, ("Content-Type", "application/merge-patch+json"), ("If-Match", before.ETag!));

        Assert.Equal((before.Text, before.ETag), (answer.Expect(HttpStatusCode.OK).Text, answer.ETag));
    }

    [Fact]
    public async Task UpdateExecution_OfATypeThatDeclaresItsName_ChangesThat()
    {
        var type = await gateway.Store.PutExecutionTypeAsync(new()
        {
            ExecutionType = new() { Name = "declaring", Properties = { ["name"] = PropertyType.String, ["steps"] = PropertyType.Int } },
        });
        var put = await gateway.Store.PutExecutionsAsync(new()
        {
            Executions = { new Execution { TypeId = type.TypeId, CustomProperties = { ["name"] = new Value { StringValue = "beside" } } } },
        });
        var execution = $"{HttpJson.Api}/executions/{put.ExecutionIds[0]}";

        var named = await gateway.Client.PatchJson(execution, """{"name": "new", "properties": {"steps": 1}}""");
        var renamed = await gateway.Client.PatchJson(execution, """{"name": "newer"}""");
        var differs = await gateway.Client.PatchJson(execution, """{"name": "a", "properties": {"name": "b"}}""");
        var removed = await gateway.Client.PatchJson(execution, """{"properties": {"name": null}}""");

        Assert.Equal(("new", """{"name":"new","steps":1}"""), ((string?)named.Expect(HttpStatusCode.OK)["name"], named["properties"].Raw()));
        Assert.Equal("newer", (string?)renamed.Expect(HttpStatusCode.OK)["name"]);
        differs.ExpectProblem(HttpStatusCode.BadRequest, "name");
        Assert.Null(removed.Expect(HttpStatusCode.OK)["name"]);
    }

    [Fact]
    public async Task UpdateExecution_KeepsWhatOtherWritersStored()
    {
        var execution = await NewExecutionAsync("""{"name": "e", "run": "r", "customProperties": {"ours": 1}}""");
        var id = IdOf(execution);
        var stored = (await gateway.Store.GetExecutionsByIDAsync(new() { ExecutionIds = { id } })).Executions[0];
        stored.CustomProperties["theirs"] = new Value { ProtoValue = new() { TypeUrl = "type.example.com/x", Value = Google.Protobuf.ByteString.CopyFromUtf8("x") } };
        stored.CustomProperties["metadata-gateway/hidden"] = new Value { IntValue = 7 };
        stored.Properties["__ALL_META__"] = new Value { StringValue = "text" };
        stored.Properties["executable_id"] = new Value { StringValue = "" };
        await gateway.Store.PutExecutionsAsync(new() { Executions = { stored } });

        (await gateway.Client.PatchJson(execution, """{"state": "FAILED", "name": "renamed", "customProperties": {"ours": 2}}""")).Expect(HttpStatusCode.OK);

        var after = (await gateway.Store.GetExecutionsByIDAsync(new() { ExecutionIds = { id } })).Executions[0];
        stored.LastKnownState = Execution.Types.State.Failed;
        stored.Properties["name"] = new Value { StringValue = "renamed" };
        stored.CustomProperties["ours"] = new Value { IntValue = 2 };
        stored.LastUpdateTimeSinceEpoch = after.LastUpdateTimeSinceEpoch;
        Assert.Equal(stored, after);
    }

    [Theory]
    [InlineData("\"stale\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("W/$1", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"stale\", $1", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    public async Task UpdateExecution_WithIfMatch_IsDoneOnlyWhenItMatches(string ifMatch, HttpStatusCode status)
    {
        var execution = await NewExecutionAsync("""{"name": "e"}""");
        var etag = (await gateway.Client.GetJson(execution)).ETag!;

        var answer = await gateway.Client.PatchJson(execution, """{"state": "COMPLETE"}""", ("If-Match", ifMatch.Replace("$1", etag, StringComparison.Ordinal)));

        answer.Expect(status);
        Assert.Equal(status == HttpStatusCode.OK ? "COMPLETE" : null, (string?)(await gateway.Client.GetJson(execution))["state"]);
    }

    [Fact]
    public async Task UpdateExecution_ByManyWithTheSameTag_SucceedsOnce()
    {
        var execution = await NewExecutionAsync("""{"name": "e"}""");
        var etag = (await gateway.Client.GetJson(execution)).ETag!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            gateway.Client.PatchJson(execution, $$$"""{"customProperties": {"winner": {{{i}}}}}""", ("If-Match", etag))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task UpdateExecution_ByManyOfDifferentMembers_LosesNone()
    {
        var execution = await NewExecutionAsync("""{"name": "e"}""");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => gateway.Client.PatchJson(execution, $$$"""{"customProperties": {"m{{{i}}}": {{{i}}}}}""")));

        Assert.Equal(10, (await gateway.Client.GetJson(execution))["customProperties"]!.AsObject().Count);
    }

    [Fact]
    public async Task UpdateExecution_WithTakenExternalId_Returns409()
    {
        var taken = $"taken-{Guid.NewGuid()}";
        await NewExecutionAsync($$"""{"name": "holder", "externalId": "{{taken}}"}""");
        var execution = await NewExecutionAsync("""{"name": "e"}""");

        var answer = await gateway.Client.PatchJson(execution, $$"""{"externalId": "{{taken}}"}""");

        answer.ExpectProblem(HttpStatusCode.Conflict, "externalId");
    }

    [Fact]
    public async Task GetExecution_WithTag_KnowsItsPlainViewOnly()
    {
        var execution = await NewExecutionAsync("""{"name": "e", "outputs": [{"kind": "model", "name": "m", "uri": "u"}]}""");
        var etag = (await gateway.Client.GetJson(execution)).ETag!;

        var plain = await gateway.Client.GetJson(execution, ("If-None-Match", etag));
        var full = await gateway.Client.GetJson($"{execution}?view=full", ("If-None-Match", etag));
        await gateway.Client.PostJson($"{execution}/inputs", """{"kind": "dataset", "name": "d", "uri": "u"}""");
        var linked = await gateway.Client.GetJson(execution);

        Assert.Equal((HttpStatusCode.NotModified, ""), (plain.Status, plain.Text));
        full.Expect(HttpStatusCode.OK);
        Assert.Equal((etag, etag), (full.ETag, linked.ETag));
    }

    [Theory]
    [InlineData("?view=basic", "view")]
    [InlineData("?view=full&view=full", "view")]
    [InlineData("?View=full", "View")]
    public async Task GetExecution_WithBadView_Returns400(string query, string path)
    {
        var execution = await NewExecutionAsync("""{"name": "e"}""");

        (await gateway.Client.GetJson(execution + query)).ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("999999")]
    [InlineData("1x")]
    [InlineData("99999999999999999999")]
    public async Task GetExecution_OfUnknownId_Returns404(string id)
    {
        (await gateway.Client.GetJson($"{HttpJson.Api}/executions/{id}")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{HttpJson.Api}/executions/{id}/lineage")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{HttpJson.Api}/executions/{id}/outputs")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.PatchJson($"{HttpJson.Api}/executions/{id}", """{"state": "NEW"}""")).ExpectProblem(HttpStatusCode.NotFound);
    }

    private async Task<string> NewExecutionAsync(string body) =>
        $"{HttpJson.Api}/executions/{await gateway.Client.CreateAsync($"{await gateway.Client.NewWorkspaceAsync()}/executions", body)}";

    private static long IdOf(string execution) => long.Parse(execution[(execution.LastIndexOf('/') + 1)..]);
}
