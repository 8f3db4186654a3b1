using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

/// <summary>A dataset or model that equals a stored one.</summary>
public sealed class ReuseArtifactTests(ArtifactGateway gateway) : IClassFixture<ArtifactGateway>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    [Theory]
    [InlineData("datasets")]
    [InlineData("models")]
    public async Task CreateArtifact_ThatIsStored_ReusesIt(string collection)
    {
        var first = await gateway.Client.PostJson($"{Workspace}/{collection}", """{"name": "same", "uri": "u", "version": "v", "description": "d", "run": "r1"}""");

        var second = await gateway.Client.PostJson($"{Workspace}/{collection}", """{"name": "same", "uri": "u", "version": "v", "run": "r2"}""");

        first.Expect(HttpStatusCode.Created);
        Assert.Equal((HttpStatusCode.OK, first.Text, first.Location, first.ETag), (second.Status, second.Text, second.Location, second.ETag));
    }

    [Theory]
    [InlineData("metrics", """{"name": "again", "uri": "u"}""")]
    [InlineData("artifacts", """{"kind": "artifact", "type": "mlmd.Dataset", "name": "again", "uri": "u"}""")]
    [InlineData("artifacts", """{"kind": "artifact", "type": "kubeflow.org/alpha/data_set", "name": "again", "uri": "u"}""")]
    public async Task CreateArtifact_OfMetricsOrACustomType_IsNewEveryTime(string collection, string body)
    {
        var first = await gateway.Client.PostJson($"{Workspace}/{collection}", body);

        var second = await gateway.Client.PostJson($"{Workspace}/{collection}?ifExists=fail", body);

        second.Expect(HttpStatusCode.Created);
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
    }

    [Theory]
    [InlineData("name", """{"name": "Other", "uri": "u", "version": "v"}""")]
    [InlineData("uri", """{"name": "other", "uri": "U", "version": "v"}""")]
    [InlineData("version", """{"name": "other", "uri": "u", "version": "V"}""")]
    [InlineData("no version", """{"name": "other", "uri": "u"}""")]
    public async Task CreateArtifact_ThatDiffersInItsIdentity_IsNew(string difference, string body)
    {
        await gateway.Client.PostJson($"{Workspace}/models", """{"name": "other", "uri": "u", "version": "v"}""");

        var answer = await gateway.Client.PostJson($"{Workspace}/models", body);

        Assert.True(answer.Status == HttpStatusCode.Created, difference);
    }

    [Fact]
    public async Task CreateArtifact_ThatAnotherKindOrWorkspaceHas_IsNew()
    {
        (await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/w2", "{}")).Expect(HttpStatusCode.Created);
        (await gateway.Client.PostJson($"{Workspace}/datasets", """{"name": "elsewhere", "uri": "u"}""")).Expect(HttpStatusCode.Created);

        (await gateway.Client.PostJson($"{Workspace}/models", """{"name": "elsewhere", "uri": "u"}""")).Expect(HttpStatusCode.Created);
        (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/w2/datasets", """{"name": "elsewhere", "uri": "u"}""")).Expect(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{"version": ""}""", null)]
    [InlineData("""{"owner": "o", "labels": {"b": "2", "a": "1"}, "hyperparameters": {"x": 1.0, "y": 100000, "z": {"p": [1, 2.50]}, "big": 1e99999999999}}""", null)]
    [InlineData("""{"customProperties": {"i": {"@int": "5"}, "big": <largest>, "s": {"@struct": {"a": 1.0}}, "d": {"@double": "2"}}, "state": "LIVE"}""", null)]
    [InlineData("""{"additionalProperties": {}, "trainingFramework": {}, "description": null}""", null)]
    [InlineData("""{"owner": "p", "description": "d"}""", "description owner")]
    [InlineData("""{"labels": {"a": "1"}}""", "labels")]
    [InlineData("""{"hyperparameters": {"x": 1, "y": 100000, "z": {"p": [1, 2.5]}, "big": 1e99999999998}}""", "hyperparameters")]
    [InlineData("""{"customProperties": {"i": 6}, "state": "PENDING", "externalId": "x", "modelType": "t"}""", "customProperties externalId modelType state")]
    [InlineData("""{"additionalProperties": {"x": null}, "trainingFramework": {"name": "tf"}}""", "additionalProperties trainingFramework")]
    public async Task CreateArtifact_ThatIsReused_NamesTheFieldsThatDiffer(string more, string? conflicts)
    {
        const string Identity = """ "name": "conflicts", "uri": "u" """;
        await gateway.Client.PostJson($"{Workspace}/models", $$"""
            { {{Identity}}, "owner": "o", "labels": {"a": "1", "b": "2"}, "hyperparameters": {"x": 1, "y": 1e5, "z": {"p": [1, 2.5]}, "big": 1e99999999999}, "state": "LIVE",
              "customProperties": {"i": 5, "big": {"@int": "{{MlmdProfile.Current.LargestInteger}}"}, "s": {"a": 1}, "d": 2.0} }
            """);

        var answer = await gateway.Client.PostJson($"{Workspace}/models", $"{{ {Identity}, {more[1..].Replace("<largest>", MlmdProfile.Current.LargestInteger.ToString(), StringComparison.Ordinal)}");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(conflicts, answer["conflicts"] is { } named ? string.Join(' ', named.AsArray().Select(name => (string?)name)) : null);
    }

    [Fact]
    public async Task CreateArtifact_ThatIsStoredWithFail_Returns409()
    {
        await gateway.Client.PostJson($"{Workspace}/models", """{"name": "fails", "uri": "u"}""");

        var answer = await gateway.Client.PostJson($"{Workspace}/models?ifExists=fail", """{"name": "fails", "uri": "u"}""");

        answer.ExpectProblem(HttpStatusCode.Conflict);
        Assert.Equal("ALREADY_EXISTS", (string?)answer["code"]);
    }

    [Fact]
    public async Task CreateArtifact_ThatIsStoredWithNew_IsAnotherAndTheFirstStaysTheOneReused()
    {
        var first = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "two", "uri": "u"}""");

        var second = await gateway.Client.PostJson($"{Workspace}/models?ifExists=new", """{"name": "two", "uri": "u"}""");
        var third = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "two", "uri": "u"}""");

        second.Expect(HttpStatusCode.Created);
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
        Assert.Equal((HttpStatusCode.OK, (string?)first["id"]), (third.Status, (string?)third["id"]));
    }

    [Fact]
    public async Task CreateArtifact_ThatIsStoredWithUpdate_ChangesTheFieldsGiven()
    {
        var first = await gateway.Client.PostJson($"{Workspace}/models", """
            {"name": "updated", "uri": "u", "owner": "o", "description": "d", "run": "r1", "labels": {"a": "1", "b": "2"}, "customProperties": {"x": 1, "y": 2.0}}
            """);
        await gateway.Store.PutArtifactsAsync(new()
        {
            Artifacts = { new Artifact { Id = long.Parse((string)first["id"]!), CustomProperties = { ["metadata-gateway/hidden"] = StoredNodes.Text("h") } } },
            UpdateMask = new() { Paths = { "custom_properties.metadata-gateway/hidden" } },
        });

        var second = await gateway.Client.PostJson(
            $"{Workspace}/models?ifExists=update", """{"name": "updated", "uri": "u", "run": "r2", "description": "new", "labels": {"c": "3"}}""");

        second.Expect(HttpStatusCode.OK);
        Assert.Equal((string?)first["id"], (string?)second["id"]);
        Assert.Equal(
            ("o", "new", "r1", """{"c":"3"}""", """{"x":1,"y":2.0}"""),
            ((string?)second["owner"], (string?)second["description"], (string?)second["run"], second["labels"].Raw(), second["customProperties"].Raw()));
        Assert.Null(second["conflicts"]);
        Assert.Equal((await gateway.Client.GetJson(second.Location!)).Text, second.Text);
        var node = await gateway.Store.GetArtifact((string?)first["id"]);
        Assert.Equal("h", node.CustomProperties["metadata-gateway/hidden"].StringValue);
        Assert.Equal(["labels.c"], node.CustomProperties.Keys.Where(name => name.StartsWith("labels.", StringComparison.Ordinal)));
        Assert.Equal(2, (await gateway.Store.GetContextsOf((string?)first["id"])).Count);
    }

    [Fact]
    public async Task CreateArtifact_ThatIsStoredWithUpdateOfNothing_WritesNothing()
    {
        var first = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "untouched", "uri": "u", "hyperparameters": {"a": 1.0}}""");

        var second = await gateway.Client.PostJson($"{Workspace}/models?ifExists=update", """{"name": "untouched", "uri": "u", "hyperparameters": {"a": 1.0}}""");

        Assert.Equal((HttpStatusCode.OK, first.Text), (second.Status, second.Text));
    }

    [Fact]
    public async Task CreateArtifact_ThatIsStoredWithUpdateToATakenExternalId_Returns409()
    {
        await gateway.Client.PostJson($"{Workspace}/metrics", """{"name": "holder", "uri": "u", "externalId": "held"}""");
        var first = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "wants it", "uri": "u"}""");

        var answer = await gateway.Client.PostJson($"{Workspace}/models?ifExists=update", """{"name": "wants it", "uri": "u", "externalId": "held"}""");

        answer.ExpectProblem(HttpStatusCode.Conflict, "externalId");
        Assert.Equal(first.Text, (await gateway.Client.GetJson(first.Location!)).Text);
    }

    [Fact]
    public async Task CreateArtifact_ThatTheSdkStored_ReusesIt()
    {
        var id = await PutSdkModelAsync("sdk", null);
        await PutSdkModelAsync("sdk", "\"version\": null, ");

        var answer = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "sdk", "uri": "gcs://my-bucket/mnist", "hyperparameters": {"learning_rate": 0.50}}""");

        Assert.Equal((HttpStatusCode.OK, id), (answer.Status, (string?)answer["id"]));
        Assert.Null(answer["conflicts"]);
    }

    [Fact]
    public async Task CreateArtifact_ThatWasDeleted_IsNew()
    {
        var first = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "deleted", "uri": "u"}""");
        (await gateway.Client.PatchJson(first.Location!, """{"state": "DELETED"}""")).Expect(HttpStatusCode.OK);

        var second = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "deleted", "uri": "u"}""");
        var third = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "deleted", "uri": "u"}""");

        second.Expect(HttpStatusCode.Created);
        Assert.Equal((HttpStatusCode.OK, second.Text), (third.Status, third.Text));
    }

    [Fact]
    public async Task CreateArtifact_WhoseDedupKeyADeletedOneStillHolds_IsNew()
    {
        var first = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "holds on", "uri": "u"}""");
        // Another client of MLMD marks it and knows nothing of the key.
        await gateway.Store.PutArtifactsAsync(new()
        {
            Artifacts = { new Artifact { Id = long.Parse((string)first["id"]!), State = Artifact.Types.State.MarkedForDeletion } },
            UpdateMask = new() { Paths = { "state" } },
        });

        var second = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "holds on", "uri": "u"}""");

        second.Expect(HttpStatusCode.Created);
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
    }

    [Fact]
    public async Task CreateArtifact_ByManyAtOnce_MakesOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            gateway.Client.PostJson($"{Workspace}/models", $$"""{"name": "raced", "uri": "u", "version": "v", "run": "r{{i % 3}}"}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(63, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => (string?)answer["id"]).Distinct());
    }

    [Fact]
    public async Task CreateArtifact_ByManyAtOnceWithOneExternalId_MakesOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            gateway.Client.PostJson($"{Workspace}/models", """{"name": "raced by id", "uri": "u", "externalId": "one"}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Single(answers.Select(answer => (string?)answer["id"]).Distinct());
    }

    [NeedsFact(StoreAbility.CheckedUpdates)]
    public async Task CreateArtifact_ByManyAtOnceWithUpdate_KeepsWhatEachGave()
    {
        string[] fields = ["description", "owner", "modelType", "labels", "hyperparameters", "trainingFramework", "additionalProperties", "customProperties"];

        var answers = await Task.WhenAll(fields.Select(field => gateway.Client.PostJson(
            $"{Workspace}/models?ifExists=update",
            $$"""{"name": "raced updates", "uri": "u", "{{field}}": {{(field is "description" or "owner" or "modelType" ? "\"x\"" : """{"a": "x"}""")}}}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        var read = await gateway.Client.GetJson(answers[0].Location!);
        Assert.All(fields, field => Assert.Contains("x", read[field].Raw(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateArtifact_WithABadProperty_Returns400WhetherReusedOrNot()
    {
        await gateway.Client.PostJson($"{Workspace}/models", """{"name": "checked", "uri": "u"}""");

        var answer = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "checked", "uri": "u", "customProperties": {"a": 1e999}}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "customProperties.a");
    }

    // As the SDK's demo stores its model: by PutArtifacts, then the attribution.
    private async Task<string> PutSdkModelAsync(string name, string? version)
    {
        var type = (await gateway.Store.GetArtifactTypeAsync(new() { TypeName = "kubeflow.org/alpha/model" })).ArtifactType;
        return await gateway.Store.PutArtifact(type, new Artifact
        {
            Uri = "gcs://my-bucket/mnist",
            Properties =
            {
                ["__ALL_META__"] = StoredNodes.Text($$$"""
                    {"workspace": null, "name": "{{{name}}}", "description": null, "owner": null, "uri": "gcs://my-bucket/mnist", {{{version}}}"model_type": "neural network",
                     "training_framework": {"name": "tensorflow", "version": "v1.0"}, "hyperparameters": {"learning_rate": 0.5}, "labels": null, "id": null,
                     "create_time": "2026-11-24T08:37:52.243836Z", "kwargs": {}}
                    """.ReplaceLineEndings("")),
                ["create_time"] = StoredNodes.Text("2026-11-24T08:37:52.243836Z"),
                ["name"] = StoredNodes.Text(name),
            },
            CustomProperties = { ["__kf_workspace__"] = StoredNodes.Text("w"), ["__kf_run__"] = StoredNodes.Text("run-2026-11-24T08:37:52.226936") },
        }, "w");
    }
}
