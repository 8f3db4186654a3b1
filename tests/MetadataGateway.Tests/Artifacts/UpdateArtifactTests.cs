using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

public sealed class UpdateArtifactTests(ArtifactGateway gateway) : IClassFixture<ArtifactGateway>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    private const string Model = """
        "name": "m", "uri": "u", "version": "1", "description": "d", "owner": "o", "modelType": "t", "state": "LIVE", "run": "r",
        "labels": {"a": "1", "b": "2"}, "hyperparameters": {"x": 1.0, "y": {"p": null}, "z": 1e5}, "trainingFramework": {"name": "tf", "version": null},
        "additionalProperties": {"k": [1.0], "l": null}, "customProperties": {"i": 1, "d": 1.0, "s": {"a": 1}, "t": "x"}
        """;

    [Theory]
    [InlineData("""{"description": "new"}""", "description", "\"new\"")]
    [InlineData("""{"description": null}""", "description", "null")]
    [InlineData("""{"owner": ""}""", "owner", "null")]
    [InlineData("""{"version": "2"}""", "version", "\"2\"")]
    [InlineData("""{"modelType": null}""", "modelType", "null")]
    [InlineData("""{"name": "n"}""", "name", "\"n\"")]
    [InlineData("""{"uri": "v"}""", "uri", "\"v\"")]
    [InlineData("""{"state": "ABANDONED"}""", "state", "\"ABANDONED\"")]
    [InlineData("""{"state": null}""", "state", "null")]
    [InlineData("""{"labels": {"a": null, "c": "3"}}""", "labels", """{"b":"2","c":"3"}""")]
    [InlineData("""{"labels": {"a": "9"}}""", "labels", """{"a":"9","b":"2"}""")]
    [InlineData("""{"labels": null}""", "labels", "{}")]
    [InlineData("""{"hyperparameters": {"x": 1}}""", "hyperparameters", """{"x":1,"y":{"p":null},"z":1e5}""")]
    [InlineData("""{"hyperparameters": {"y": {"q": null}}}""", "hyperparameters", """{"x":1.0,"y":{"q":null},"z":1e5}""")]
    [InlineData("""{"hyperparameters": {"n": {"@double": "NaN"}, "z": null}}""", "hyperparameters", """{"x":1.0,"y":{"p":null},"n":{"@double":"NaN"}}""")]
    [InlineData("""{"trainingFramework": {"version": "2"}}""", "trainingFramework", """{"name":"tf","version":"2"}""")]
    [InlineData("""{"trainingFramework": {"version": null}}""", "trainingFramework", """{"name":"tf"}""")]
    [InlineData("""{"trainingFramework": null}""", "trainingFramework", "null")]
    [InlineData("""{"additionalProperties": {"m": {"n": null}}}""", "additionalProperties", """{"k":[1.0],"l":null,"m":{"n":null}}""")]
    [InlineData("""{"additionalProperties": null}""", "additionalProperties", "{}")]
    [InlineData("""{"customProperties": {"i": 2, "t": null, "e": ""}}""", "customProperties", """{"d":1.0,"e":"","i":2,"s":{"a":1}}""")]
    [InlineData("""{"customProperties": {"i": 1.0}}""", "customProperties", """{"d":1.0,"i":1.0,"s":{"a":1},"t":"x"}""")]
    [InlineData("""{"customProperties": {"s": {"b": null}}}""", "customProperties", """{"d":1.0,"i":1,"s":{"b":null},"t":"x"}""")]
    [InlineData("""{"customProperties": null}""", "customProperties", "{}")]
    public async Task UpdateArtifact_WithAMergePatch_ChangesWhatItNamesOnly(string patch, string field, string shown)
    {
        var created = await CreateModelAsync();

        var answer = await gateway.Client.PatchJson(created.Location!, patch, ("Content-Type", "application/merge-patch+json"));

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(shown, answer[field].Raw());
        Assert.Equal((await gateway.Client.GetJson(created.Location!)).Text, answer.Text);
        Assert.NotEqual(created.ETag, answer.ETag);
        var (before, after) = (created.Json!.AsObject(), answer.Json!.AsObject());
        Assert.All(before.Where(member => member.Key != field && member.Key is not ("updateTime" or "etag")), member => Assert.Equal(member.Value.Raw(), after[member.Key].Raw()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"description": "d", "labels": {"b": "2"}, "hyperparameters": {"x": 1.0}, "customProperties": {"d": 1.0, "none": null}}""")]
    [InlineData("""{"query": null, "values": {}, "properties": null, "typeVersion": "", "externalId": "", "workspace": "w", "run": "r", "kind": "model"}""")]
    public async Task UpdateArtifact_ThatChangesNothing_WritesNothing(string patch)
    {
        var created = await CreateModelAsync();
        var stored = await gateway.Store.GetArtifact((string?)created["id"]);

        var answer = await gateway.Client.PatchJson(created.Location!, patch);

        Assert.Equal((HttpStatusCode.OK, created.Text, created.ETag), (answer.Status, answer.Text, answer.ETag));
        Assert.Equal(stored, await gateway.Store.GetArtifact((string?)created["id"]));
    }

    [Fact]
    public async Task UpdateArtifact_WithWhatAGetGave_WritesNothing()
    {
        var created = await CreateModelAsync();

        // A null member in a patch takes the member away: it cannot be sent back.
        var answer = await gateway.Client.PatchJson(
            created.Location!, created.Text.Replace(""","l":null""", "", StringComparison.Ordinal).Replace(""","version":null}""", "}", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, created.Text), (answer.Status, answer.Text));
    }

    [NeedsFact(StoreAbility.AnyText)]
    public async Task UpdateArtifact_Always_ChangesPropertyAndAllMetaTogether()
    {
        var created = await CreateModelAsync();
        var before = await gateway.Store.GetArtifact((string?)created["id"]);

        var answer = await gateway.Client.PatchJson(created.Location!, """
            {"description": "é", "owner": null, "uri": "v", "labels": {"b": null, "Big": "x"}, "hyperparameters": {"w": 2.50, "x": null}}
            """);

        answer.Expect(HttpStatusCode.OK);
        var after = await gateway.Store.GetArtifact((string?)created["id"]);
        Assert.Equal(
            before.Properties["__ALL_META__"].StringValue
                .Replace("\"description\": \"d\"", "\"description\": \"\\u00e9\"", StringComparison.Ordinal)
                .Replace("\"owner\": \"o\"", "\"owner\": null", StringComparison.Ordinal)
                .Replace("\"uri\": \"u\"", "\"uri\": \"v\"", StringComparison.Ordinal)
                .Replace("""{"a": "1", "b": "2"}""", """{"a": "1", "Big": "x"}""", StringComparison.Ordinal)
                .Replace("""{"x": 1.0, "y": {"p": null}, "z": 1e5}""", """{"y": {"p": null}, "z": 1e5, "w": 2.50}""", StringComparison.Ordinal),
            after.Properties["__ALL_META__"].StringValue);
        Assert.Equal(("é", "v", false), (after.Properties["description"].StringValue, after.Uri, after.Properties.ContainsKey("owner")));
        Assert.Equal(
            ["__kf_run__", "__kf_workspace__", "d", "hyperparameters.w", "hyperparameters.z", "i", "labels.-big", "labels.a", "s", "t"],
            after.CustomProperties.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"kind": "dataset"}""", "kind")]
    [InlineData("""{"type": "system.Model", "typeVersion": "1"}""", "type", "typeVersion")]
    [InlineData("""{"workspace": "other", "run": "other"}""", "run", "workspace")]
    [InlineData("""{"workspace": null, "run": ""}""", "run", "workspace")]
    [InlineData("""{"id": "0", "createTime": "2026-01-01T00:00:00.000Z", "updateTime": null, "etag": "\"x\""}""", "createTime", "etag", "id", "updateTime")]
    [InlineData("""{"id": 1}""", "id")]
    [InlineData("""{"query": "q", "values": {"a": 1}, "properties": {"x": 1}}""", "properties", "query", "values")]
    [InlineData("""{"name": null, "uri": ""}""", "name", "uri")]
    [InlineData("""{"labels": {"x": 1, "a": ["1"]}}""", "labels.a", "labels.x")]
    [InlineData("""{"labels": "x", "hyperparameters": [1]}""", "hyperparameters", "labels")]
    [InlineData("""{"description": "__MLMD_NULL__", "state": "live", "externalId": "metadata-gateway/x"}""", "description", "externalId", "state")]
    [InlineData("""{"customProperties": {"__kf_run__": "x", "labels.x": 1, "a": {"@double": "NaN"}}}""", "customProperties.__kf_run__", "customProperties.a['@double']", "customProperties['labels.x']")]
    [InlineData("""{"lables": {}, "labels": {"a": 1, "b": null}, "description": "__MLMD_NULL__"}""", "description", "labels.a", "lables")]
    [InlineData("""{"labels": {"a": "1", "a": "2"}}""", "labels.a")]
    public async Task UpdateArtifact_WithABadPatch_Returns400AndChangesNothing(string patch, params string[] paths)
    {
        var created = await CreateModelAsync();

        var answer = await gateway.Client.PatchJson(created.Location!, patch);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
        Assert.All(answer["errors"]!.AsObject(), error => Assert.Single(error.Value!.AsArray()));
        Assert.Equal(created.Text, (await gateway.Client.GetJson(created.Location!)).Text);
    }

    [Fact]
    public async Task UpdateArtifact_OfMetrics_ChecksReferencesThatItChanges()
    {
        var id = await gateway.Store.PutArtifact(
            (await gateway.Store.GetArtifactTypeAsync(new() { TypeName = "kubeflow.org/alpha/metrics" })).ArtifactType,
            new Artifact
            {
                Uri = "u",
                Properties =
                {
                    ["__ALL_META__"] = StoredNodes.Text("""{"name": "n", "uri": "u", "model_id": "gone", "values": {"a": 1.0, "odd": "x"}}"""),
                    ["name"] = StoredNodes.Text("n"),
                    ["model_id"] = StoredNodes.Text("gone"),
                },
            }, "w");

        var kept = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"modelId": "gone", "values": {"b": 2.0, "odd": "x"}}""");
        var changed = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", $$"""{"modelId": "{{id}}"}""");
        var removed = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"modelId": null, "values": {"a": null}}""");

        Assert.Equal("""{"a":1.0,"odd":"x","b":2.0}""", kept.Expect(HttpStatusCode.OK)["values"].Raw());
        changed.ExpectProblem(HttpStatusCode.UnprocessableEntity, "modelId");
        Assert.Null(removed.Expect(HttpStatusCode.OK)["modelId"]);
        Assert.Equal(
            """{"name": "n", "uri": "u", "model_id": null, "values": {"odd": "x", "b": 2.0}}""",
            (await gateway.Store.GetArtifact(id)).Properties["__ALL_META__"].StringValue);
    }

    [Fact]
    public async Task UpdateArtifact_WithIfMatch_ChangesOnlyTheStateThatItNames()
    {
        var created = await CreateModelAsync();

        var good = await gateway.Client.PatchJson(created.Location!, """{"description": "1"}""", ("If-Match", $"\"other\", {created.ETag}"));
        var stale = await gateway.Client.PatchJson(created.Location!, """{"description": "2"}""", ("If-Match", created.ETag!));
        var idle = await gateway.Client.PatchJson(created.Location!, "{}", ("If-Match", created.ETag!));
        var any = await gateway.Client.PatchJson(created.Location!, """{"description": "3"}""", ("If-Match", "*"));
        var malformed = await gateway.Client.PatchJson(created.Location!, """{"description": "4"}""", ("If-Match", "abc"));

        good.Expect(HttpStatusCode.OK);
        stale.ExpectProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal("FAILED_PRECONDITION", (string?)stale["code"]);
        idle.ExpectProblem(HttpStatusCode.PreconditionFailed);
        any.Expect(HttpStatusCode.OK);
        malformed.ExpectProblem(HttpStatusCode.BadRequest, "If-Match");
    }

    [Fact]
    public async Task UpdateArtifact_OfDifferentMembersAtOnce_KeepsAll()
    {
        var created = await CreateModelAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => gateway.Client.PatchJson(
            created.Location!, i % 2 == 0 ? $$$"""{"labels": {"l{{{i}}}": "x"}}""" : $$$"""{"customProperties": {"c{{{i}}}": {{{i}}} }}""")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        var read = await gateway.Client.GetJson(created.Location!);
        Assert.Equal((14, 16), (read["labels"]!.AsObject().Count, read["customProperties"]!.AsObject().Count));
    }

    [Fact]
    public async Task UpdateArtifact_WithOneTagAtOnce_LetsOneWin()
    {
        var created = await CreateModelAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            gateway.Client.PatchJson(created.Location!, $$"""{"description": "{{i}}"}""", ("If-Match", created.ETag!))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(11, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task UpdateArtifact_IntoTheIdentityOfAnother_KeepsBoth()
    {
        var first = await CreateModelAsync();
        var second = await CreateModelAsync();

        var moved = await gateway.Client.PatchJson(second.Location!, $$"""{"version": "{{first["version"]}}"}""");
        var again = await gateway.Client.PostJson($"{Workspace}/models", $$"""{"name": "m", "uri": "u", "version": "{{first["version"]}}"}""");
        var freed = await gateway.Client.PostJson($"{Workspace}/models", $$"""{"name": "m", "uri": "u", "version": "{{second["version"]}}"}""");

        moved.Expect(HttpStatusCode.OK);
        Assert.Null(moved["externalId"]);
        Assert.Equal((HttpStatusCode.OK, (string?)first["id"]), (again.Status, (string?)again["id"]));
        freed.Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task UpdateArtifact_OfItsIdentity_TakesTheDedupKeyAlong()
    {
        var created = await CreateModelAsync();
        var before = (await gateway.Store.GetArtifact((string?)created["id"])).ExternalId;

        (await gateway.Client.PatchJson(created.Location!, """{"name": "moved"}""")).Expect(HttpStatusCode.OK);
        var moved = (await gateway.Store.GetArtifact((string?)created["id"])).ExternalId;
        (await gateway.Client.PatchJson(created.Location!, """{"state": "MARKED_FOR_DELETION"}""")).Expect(HttpStatusCode.OK);

        Assert.StartsWith("metadata-gateway/", moved, StringComparison.Ordinal);
        Assert.NotEqual(before, moved);
        Assert.False((await gateway.Store.GetArtifact((string?)created["id"])).HasExternalId);
    }

    [Fact]
    public async Task UpdateArtifact_OfTheExternalId_SetsReplacesAndRemovesIt()
    {
        var holder = await CreateModelAsync();
        var created = await CreateModelAsync();
        (await gateway.Client.PatchJson(holder.Location!, """{"externalId": "patched"}""")).Expect(HttpStatusCode.OK);

        var taken = await gateway.Client.PatchJson(created.Location!, """{"externalId": "patched"}""");
        var own = await gateway.Client.PatchJson(created.Location!, """{"externalId": "own"}""");
        var removed = await gateway.Client.PatchJson(created.Location!, """{"externalId": null}""");

        taken.ExpectProblem(HttpStatusCode.Conflict, "externalId");
        Assert.Equal("own", (string?)own.Expect(HttpStatusCode.OK)["externalId"]);
        Assert.Null(removed.Expect(HttpStatusCode.OK)["externalId"]);
        Assert.False((await gateway.Store.GetArtifact((string?)created["id"])).HasExternalId);
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task UpdateArtifact_ThatDoesNotExist_Returns404(string id) =>
        (await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"description": "d"}""")).ExpectProblem(HttpStatusCode.NotFound);

    private async Task<Answer> CreateModelAsync()
    {
        var body = Model.Replace("\"version\": \"1\"", $"\"version\": \"{Guid.NewGuid()}\"", StringComparison.Ordinal);
        return (await gateway.Client.PostJson($"{Workspace}/models", $"{{{body}}}")).Expect(HttpStatusCode.Created);
    }
}
