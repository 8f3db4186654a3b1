using System.Net;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.Tests.Artifacts;

/// <summary>Artifacts that other clients of MLMD recorded: readable, and a PATCH changes what it names and nothing else.</summary>
public sealed class ForeignArtifactTests(ArtifactGateway gateway) : IClassFixture<ArtifactGateway>
{
    private static readonly ArtifactType PipelineModel = new() { Name = "system.Model" };

    [Fact]
    public async Task GetArtifact_OfKubeflowPipelines_ShowsItAsModel()
    {
        var id = await gateway.Store.PutArtifact(PipelineModel, new Artifact
        {
            Uri = "gs://m",
            Name = "node name",
            State = Artifact.Types.State.Live,
            CustomProperties =
            {
                ["display_name"] = StoredNodes.Text("my model"),
                ["framework"] = StoredNodes.Text("tf"),
                ["store_session_info"] = StoredNodes.Text("secret"),
                ["list"] = new Value { StructValue = Struct.Parser.ParseJson("""{"list": [1, 2]}""") },
            },
        }, "w");

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}");

        Assert.Equal(
            ("model", "system.Model", "my model", "gs://m", "LIVE", "w", null),
            ((string?)answer.Expect(HttpStatusCode.OK)["kind"], (string?)answer["type"], (string?)answer["name"], (string?)answer["uri"],
                (string?)answer["state"], (string?)answer["workspace"], (string?)answer["run"]));
        Assert.Equal("""{"display_name":"my model","framework":"tf","list":[1,2]}""", answer["customProperties"].Raw());
        Assert.Equal("{}", answer["properties"].Raw());
    }

    [Theory]
    [InlineData("""{"description": "d"}""", "description", "\"d\"")]
    [InlineData("""{"modelType": "cnn"}""", "modelType", "\"cnn\"")]
    [InlineData("""{"name": "renamed"}""", "name", "\"renamed\"")]
    [InlineData("""{"hyperparameters": {"x": 1.0}}""", "hyperparameters", """{"x":1.0}""")]
    [InlineData("""{"labels": {"x": "y"}}""", "labels", """{"x":"y"}""")]
    [InlineData("""{"customProperties": {"labels.x": 1}}""", "customProperties", """{"big":<largest>,"display_name":"my model","labels.x":1,"struct":{"a":[1.5]}}""")]
    [InlineData("""{"uri": null}""", "uri", "null")]
    public async Task UpdateArtifact_OfKubeflowPipelines_KeepsTheRest(string patch, string field, string shown)
    {
        var id = await gateway.Store.PutArtifact(PipelineModel, new Artifact
        {
            Uri = "gs://m",
            State = Artifact.Types.State.Live,
            CustomProperties =
            {
                ["display_name"] = StoredNodes.Text("my model"),
                ["store_session_info"] = StoredNodes.Text("secret"),
                ["metadata-gateway/ours"] = StoredNodes.Text("x"),
                ["struct"] = new Value { StructValue = Struct.Parser.ParseJson("""{"a": [1.5]}""") },
                ["big"] = new Value { IntValue = MlmdProfile.Current.LargestInteger },
            },
        }, "w");
        var before = await gateway.Store.GetArtifact(id);

        var answer = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", patch);

        Assert.Equal(shown.Replace("<largest>", MlmdProfile.Current.LargestInteger == long.MaxValue ? """{"@int":"9223372036854775807"}""" : "2147483647", StringComparison.Ordinal), answer.Expect(HttpStatusCode.OK)[field].Raw());
        Assert.Equal((await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}")).Text, answer.Text);
        var after = await gateway.Store.GetArtifact(id);
        Assert.All(before.CustomProperties, property => Assert.Equal(property.Value, after.CustomProperties[property.Key]));
        Assert.Equal(before.State, after.State);
    }

    [Fact]
    public async Task UpdateArtifact_OfAPipelinesName_CanRemoveIt()
    {
        var id = await gateway.Store.PutArtifact(
            PipelineModel, new Artifact { CustomProperties = { ["display_name"] = StoredNodes.Text("my model") } }, "w");

        var answer = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"name": null}""");

        Assert.Null(answer.Expect(HttpStatusCode.OK)["name"]);
    }

    [Fact]
    public async Task GetArtifact_OfPipelineMetrics_ShowsItsDoublesAsValues()
    {
        var id = await gateway.Store.PutArtifact(new ArtifactType { Name = "system.Metrics" }, new Artifact
        {
            CustomProperties = { ["accuracy"] = new Value { DoubleValue = 1 }, ["epochs"] = new Value { IntValue = 3 }, ["display_name"] = StoredNodes.Text("m") },
        }, "w");

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}");

        Assert.Equal(("metrics", """{"accuracy":1.0}"""), ((string?)answer["kind"], answer["values"].Raw()));
    }

    [Fact]
    public async Task UpdateArtifact_OfAnMlmdDataset_UsesItsDeclaredProperties()
    {
        var type = new ArtifactType { Name = "declaring", Properties = { ["name"] = PropertyType.String, ["rows"] = PropertyType.Int } };
        var id = await gateway.Store.PutArtifact(type, new Artifact
        {
            Properties = { ["name"] = StoredNodes.Text("old"), ["rows"] = new Value { IntValue = 5 } },
            CustomProperties = { ["description"] = StoredNodes.Text("theirs"), ["owner"] = new Value { IntValue = 1 } },
        });

        var renamed = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"name": "new", "properties": {"rows": 6}}""");
        var byProperty = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"properties": {"name": "newer"}}""");
        var both = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"name": "a", "properties": {"name": "b"}}""");
        var removed = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"name": null, "description": null}""");

        Assert.Equal(("new", """{"name":"new","rows":6}"""), ((string?)renamed.Expect(HttpStatusCode.OK)["name"], renamed["properties"].Raw()));
        Assert.Equal(("theirs", """{"owner":1}"""), ((string?)renamed["description"], renamed["customProperties"].Raw()));
        Assert.Equal("newer", (string?)byProperty.Expect(HttpStatusCode.OK)["name"]);
        both.ExpectProblem(HttpStatusCode.BadRequest, "name");
        Assert.Equal((null, null, """{"rows":6}"""), ((string?)removed["name"], (string?)removed["description"], removed["properties"].Raw()));
        Assert.Equal(["owner"], (await gateway.Store.GetArtifact(id)).CustomProperties.Keys);
    }

    [Fact]
    public async Task UpdateArtifact_WithAFieldBesideItsDeclaredProperty_MovesItThere()
    {
        var type = new ArtifactType { Name = "beside", Properties = { ["name"] = PropertyType.String } };
        var id = await gateway.Store.PutArtifact(type, new Artifact { CustomProperties = { ["name"] = StoredNodes.Text("beside"), ["x"] = StoredNodes.Text("1") } });

        var kept = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"customProperties": {"x": null}}""");
        var moved = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"name": "home"}""");
        var removed = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"name": ""}""");

        Assert.Equal("beside", (string?)kept.Expect(HttpStatusCode.OK)["name"]);
        Assert.Equal("home", (string?)moved.Expect(HttpStatusCode.OK)["name"]);
        Assert.Null(removed["name"]);
    }

    [Theory]
    [InlineData("""{"properties": {"undeclared": 1}}""", "properties.undeclared")]
    [InlineData("""{"properties": {"object": 1}}""", "properties.object")]
    [InlineData("""{"properties": {"__ALL_META__": "{}"}}""", "properties.__ALL_META__")]
    [InlineData("""{"query": "q"}""", "query")]
    public async Task UpdateArtifact_OfTheResourceWatcher_ChecksTheDeclaredProperties(string patch, string path)
    {
        var id = await PutWatchedAsync();

        var answer = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", patch);

        answer.ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    [Fact]
    public async Task GetArtifact_OfTheResourceWatcher_TakesTheWorkspaceFromItsProperty()
    {
        var id = await PutWatchedAsync();

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}");

        Assert.Equal(
            ("artifact", "kubeflow.org/Pod/v1", "pod", "uid", "resource_watcher"),
            ((string?)answer.Expect(HttpStatusCode.OK)["kind"], (string?)answer["type"], (string?)answer["name"], (string?)answer["version"], (string?)answer["workspace"]));
        Assert.Equal("""{"name":"pod","object":"{}","version":"uid"}""", answer["properties"].Raw());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"name\": ")]
    [InlineData("NaN")]
    [InlineData("null")]
    public async Task UpdateArtifact_WithABrokenAllMeta_ReadsByPropertiesAndMendsIt(string meta)
    {
        var id = await PutSdkModelAsync(meta);

        var read = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}");
        var idle = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"state": "LIVE", "customProperties": {"x": 1}}""");
        var untouched = (await gateway.Store.GetArtifact(id)).Properties["__ALL_META__"].StringValue;
        var answer = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"description": "d"}""");

        Assert.Equal(("n", "u", "{}"), ((string?)read.Expect(HttpStatusCode.OK)["name"], (string?)read["uri"], read["hyperparameters"].Raw()));
        idle.Expect(HttpStatusCode.OK);
        Assert.Equal(meta, untouched);
        Assert.Equal(("n", "d"), ((string?)answer.Expect(HttpStatusCode.OK)["name"], (string?)answer["description"]));
        Assert.StartsWith(
            """{"workspace": null, "name": "n", "description": "d", "owner": null, "uri": "u", """,
            (await gateway.Store.GetArtifact(id)).Properties["__ALL_META__"].StringValue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateArtifact_WithoutAllMeta_KeepsToTheDeclaredProperties()
    {
        var id = await PutSdkModelAsync(null);

        var answer = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"description": "d", "modelType": "t", "labels": {"a": "b"}}""");

        Assert.Equal(
            ("n", "d", "t", """{"a":"b"}"""),
            ((string?)answer.Expect(HttpStatusCode.OK)["name"], (string?)answer["description"], (string?)answer["modelType"], answer["labels"].Raw()));
        Assert.Equal(["description", "model_type", "name"], (await gateway.Store.GetArtifact(id)).Properties.Keys.Order(StringComparer.Ordinal));
    }

    [NeedsFact(StoreAbility.AnyText)]
    public async Task UpdateArtifact_OfTheSdk_KeepsUnknownKeysTokensAndHalfCharacters()
    {
        const string Meta = """
            {"workspace": null, "name": "n", "uri": "u", "hyperparameters": {"a": 1.0, "b": NaN, "c": 1e400, "d": "\ud800"}, "labels": ["x"], "mine": {"z": 1E5}, "kwargs": {"k": -0}}
            """;
        var id = await PutSdkModelAsync(Meta);

        var answer = await gateway.Client.PatchJson(
            $"{HttpJson.Api}/artifacts/{id}", """{"owner": "o", "hyperparameters": {"e": 2.0, "a": null}, "additionalProperties": {"l": 1}}""");

        Assert.Equal("""{"@value":["x"]}""", answer.Expect(HttpStatusCode.OK)["labels"].Raw());
        var after = await gateway.Store.GetArtifact(id);
        Assert.Equal(
            Meta.Replace("\"a\": 1.0, ", "", StringComparison.Ordinal)
                .Replace("\"d\": \"\\ud800\"", "\"d\": \"\\ud800\", \"e\": 2.0", StringComparison.Ordinal)
                .Replace("\"k\": -0", "\"k\": -0, \"l\": 1", StringComparison.Ordinal),
            after.Properties["__ALL_META__"].StringValue);
        Assert.Equal("o", after.Properties["owner"].StringValue);
    }

    [Fact]
    public async Task UpdateArtifact_OfADeeplyNestedRecord_Works()
    {
        var deep = new string('[', 300) + new string(']', 300);
        var id = await PutSdkModelAsync($$$"""{"name": "n", "uri": "u", "hyperparameters": {"deep": {{{deep}}} }}""");

        var answer = await gateway.Client.PatchJson($"{HttpJson.Api}/artifacts/{id}", """{"hyperparameters": {"x": 1}}""");

        answer.Expect(HttpStatusCode.OK);
        Assert.Contains(", \"x\": 1}", (await gateway.Store.GetArtifact(id)).Properties["__ALL_META__"].StringValue, StringComparison.Ordinal);
    }

    private Task<string> PutWatchedAsync() => gateway.Store.PutArtifact(
        new ArtifactType
        {
            Name = "kubeflow.org/Pod/v1",
            Properties =
            {
                ["name"] = PropertyType.String, ["version"] = PropertyType.String, ["create_time"] = PropertyType.String, ["object"] = PropertyType.String,
            },
        },
        new Artifact
        {
            Uri = "/api/v1/pods/pod",
            Properties = { ["name"] = StoredNodes.Text("pod"), ["version"] = StoredNodes.Text("uid"), ["object"] = StoredNodes.Text("{}") },
            CustomProperties = { ["__kf_workspace__"] = StoredNodes.Text("resource_watcher") },
        });

    private async Task<string> PutSdkModelAsync(string? meta)
    {
        var artifact = new Artifact
        {
            Uri = "u",
            Properties = { ["name"] = StoredNodes.Text("n") },
            CustomProperties = { ["__kf_workspace__"] = StoredNodes.Text("w"), ["theirs"] = new Value { DoubleValue = 1 } },
        };
        if (meta is not null)
        {
            artifact.Properties["__ALL_META__"] = StoredNodes.Text(meta);
        }

        return await gateway.Store.PutArtifact(
            (await gateway.Store.GetArtifactTypeAsync(new() { TypeName = "kubeflow.org/alpha/model" })).ArtifactType, artifact, "w");
    }
}
