using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

/// <summary>What a create stores: the SDK's record, byte for byte, and the gateway's own beside it.</summary>
public sealed class StoredArtifactTests(ArtifactGateway gateway) : IClassFixture<ArtifactGateway>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    [NeedsFact(StoreAbility.AnyText)]
    public async Task CreateArtifact_OfADataset_StoresTheSdksRecord()
    {
        var node = await CreateAsync("datasets", """
            {"name": "mytable-dump", "uri": "file://path/to/dataset", "description": "an example data", "owner": "o", "version": "v1",
             "query": "SELECT * FROM mytable", "labels": {"b": "2", "A": "é <&>'+\u2028\ud83d\ude42\""}, "run": "run 1", "state": "LIVE"}
            """);

        var time = node.Properties["create_time"].StringValue;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$", time);
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["__ALL_META__"] = $$$"""
                    {"workspace": null, "name": "mytable-dump", "description": "an example data", "owner": "o", "uri": "file://path/to/dataset",
                     "version": "v1", "query": "SELECT * FROM mytable", "labels": {"b": "2", "A": "\u00e9 <&>'+\u2028\ud83d\ude42\""},
                     "id": null, "create_time": "{{{time}}}", "kwargs": {}}
                    """.ReplaceLineEndings(""),
                ["create_time"] = time,
                ["description"] = "an example data",
                ["name"] = "mytable-dump",
                ["owner"] = "o",
                ["query"] = "SELECT * FROM mytable",
                ["version"] = "v1",
            },
            node.Properties.Texts());
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["__kf_run__"] = "run 1",
                ["__kf_workspace__"] = "w",
                ["labels.-a"] = "é <&>'+\u2028\ud83d\ude42\"",
                ["labels.b"] = "2",
            },
            node.CustomProperties.Texts());
        Assert.Equal(("file://path/to/dataset", Artifact.Types.State.Live, false), (node.Uri, node.State, node.HasName));
    }

    [Fact]
    public async Task CreateArtifact_OfAModel_KeepsKeysAndNumbersAsTheClientWroteThem()
    {
        var node = await CreateAsync("models", """
            {"name": "m", "uri": "u", "modelType": "cnn", "trainingFramework": {"version": 1.0, "name": "tf"},
             "hyperparameters": {"z": 1.0, "b": 1e5, "batchSize": 12345678901234567890, "n": {"@double": "NaN"}, "i": {"@double": "-Infinity"},
               "t": true, "s": "x", "l": [1, {"k": null}], "tiny": 1E-400, "huge": 1e400},
             "additionalProperties": {"B": {"x": 0.10}, "a": []}}
            """);

        var meta = node.Properties["__ALL_META__"].StringValue;
        Assert.StartsWith(
            """
            {"workspace": null, "name": "m", "description": null, "owner": null, "uri": "u", "version": null, "model_type": "cnn",
             "training_framework": {"version": 1.0, "name": "tf"}, "hyperparameters": {"z": 1.0, "b": 1e5, "batchSize": 12345678901234567890,
             "n": NaN, "i": -Infinity, "t": true, "s": "x", "l": [1, {"k": null}], "tiny": 1E-400, "huge": 1e400}, "labels": null, "id": null,
             "create_time":
            """.ReplaceLineEndings(""),
            meta, StringComparison.Ordinal);
        Assert.EndsWith(""", "kwargs": {"B": {"x": 0.10}, "a": []}}""", meta, StringComparison.Ordinal);
        Assert.Equal(["__ALL_META__", "create_time", "model_type", "name"], node.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new Value { DoubleValue = 1 }, node.CustomProperties["hyperparameters.z"]);
        Assert.Equal(new Value { DoubleValue = 100000 }, node.CustomProperties["hyperparameters.b"]);
        Assert.Equal(new Value { DoubleValue = 12345678901234567890d }, node.CustomProperties["hyperparameters.batch-size"]);
        Assert.Equal(new Value { DoubleValue = 0 }, node.CustomProperties["hyperparameters.tiny"]);
        Assert.Equal(new Value { BoolValue = true }, node.CustomProperties["hyperparameters.t"]);
        Assert.Equal(new Value { StringValue = "x" }, node.CustomProperties["hyperparameters.s"]);
        Assert.Equal(7, node.CustomProperties.Count);
    }

    [Fact]
    public async Task CreateArtifact_OfMetrics_StoresTheSdksRecord()
    {
        var dataset = await CreateAsync("datasets", """{"name": "d", "uri": "d"}""");
        var model = await CreateAsync("models", """{"name": "m", "uri": "m"}""");

        var node = await CreateAsync("metrics", $$$"""
            {"name": "x", "uri": "u", "version": "v", "dataSetId": "{{{dataset.Id}}}", "modelId": "{{{model.Id}}}", "metricsType": "testing",
             "values": {"acc": 0.950, "loss": {"@double": "Infinity"}, "n": 3}}
            """);

        Assert.Equal(
            $$$"""
            {"workspace": null, "name": "x", "description": null, "owner": null, "uri": "u",
             "data_set_id": "{{{dataset.Id}}}", "model_id": "{{{model.Id}}}", "metrics_type": "testing",
             "values": {"acc": 0.950, "loss": Infinity, "n": 3}, "labels": null, "id": null,
             "create_time": "{{{node.Properties["create_time"].StringValue}}}", "kwargs": {}}
            """.ReplaceLineEndings(""),
            node.Properties["__ALL_META__"].StringValue);
        Assert.Equal(
            ["__ALL_META__", "create_time", "data_set_id", "metrics_type", "model_id", "name", "version"], node.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["__kf_workspace__", "values.acc", "values.n"], node.CustomProperties.Keys.Order(StringComparer.Ordinal));
        Assert.False(node.HasExternalId);
    }

    [Fact]
    public async Task CreateArtifact_OfATypeThatDeclaresTheFields_StoresThemThere()
    {
        await gateway.Store.PutArtifactTypeAsync(new PutArtifactTypeRequest
        {
            ArtifactType = new()
            {
                Name = "declares",
                Properties = { ["name"] = PropertyType.String, ["owner"] = PropertyType.String, ["version"] = PropertyType.Int },
            },
        });

        var node = await CreateAsync(
            "artifacts", """{"kind": "artifact", "type": "declares", "name": "n", "owner": "o", "description": "d", "version": "v", "properties": {"version": 3}}""");

        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["name"] = "n", ["owner"] = "o", ["version"] = """{ "intValue": "3" }""" },
            node.Properties.Texts());
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["__kf_workspace__"] = "w", ["description"] = "d", ["version"] = "v" },
            node.CustomProperties.Texts());
        Assert.False(node.HasName);
    }

    [NeedsFact(StoreAbility.AnyText)]
    public async Task CreateArtifact_OfATypeThatDeclaresNothing_StoresAllInCustomProperties()
    {
        var node = await CreateAsync("artifacts", """
            {"kind": "artifact", "type": "mlmd.Statistics", "name": "n", "uri": "u", "labels": {"a": "é"}, "additionalProperties": {"x": [1.0]}}
            """);

        Assert.Empty(node.Properties);
        Assert.Equal("n", node.CustomProperties["name"].StringValue);
        Assert.Equal(
            ["""{"a": "\u00e9"}""", """{"x": [1.0]}"""],
            node.CustomProperties.Where(entry => entry.Key.StartsWith("metadata-gateway/", StringComparison.Ordinal)).Select(entry => entry.Value.StringValue)
                .Order(StringComparer.Ordinal));
        Assert.Equal(4, node.CustomProperties.Count);
    }

    [Fact]
    public async Task CreateArtifact_OfAKubeflowTypeAsCustomType_StoresNoSdkRecord()
    {
        var node = await CreateAsync(
            "artifacts", """{"kind": "artifact", "type": "kubeflow.org/alpha/model", "name": "n", "uri": "u", "properties": {"model_type": "t"}}""");

        var read = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{node.Id}");
        Assert.Equal(["model_type", "name"], node.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ("model", "t", """{"model_type":"t","name":"n"}"""), ((string?)read["kind"], (string?)read["modelType"], read["properties"].Raw()));
    }

    [Fact]
    public async Task CreateArtifact_InARun_AttributesItToItsWorkspaceAndRun()
    {
        (await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/other", "{}")).Expect(HttpStatusCode.Created);

        var node = await CreateAsync("metrics", """{"name": "n", "uri": "u", "run": "made here"}""");

        var run = await gateway.Client.GetJson($"{Workspace}/runs/made%20here");
        var contexts = await gateway.Store.GetContextsOf(node.Id.ToString());
        Assert.Equal(
            [("kubeflow.org/alpha/run", (string?)run.Expect(HttpStatusCode.OK)["id"]), ("kubeflow.org/alpha/workspace", null)],
            contexts.OrderBy(context => context.Type).Select(context => (context.Type, context.Name == "w" ? null : context.Id.ToString())));
    }

    [Fact]
    public async Task CreateArtifact_InARunWithALongName_IsFoundUnderIt()
    {
        var run = new string('é', 127);

        var node = await CreateAsync("metrics", $$"""{"name": "n", "uri": "u", "run": "{{run}}"}""");

        Assert.Equal(run, node.CustomProperties["__kf_run__"].StringValue);
        Assert.Equal(run, (string?)(await gateway.Client.GetJson($"{Workspace}/runs/{Uri.EscapeDataString(run)}")).Expect(HttpStatusCode.OK)["name"]);
    }

    [Fact]
    public async Task CreateArtifact_OfAModel_HidesItsDedupKey()
    {
        var node = await CreateAsync("models", """{"name": "keyed", "uri": "u"}""");

        var read = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{node.Id}");
        Assert.StartsWith("metadata-gateway/", node.ExternalId, StringComparison.Ordinal);
        Assert.Null(read["externalId"]);
    }

    [Theory]
    [NeedsData(StoreAbility.WideIntegers, """{"@int": "9223372036854775807"}""", """{ "intValue": "9223372036854775807" }""", """{"@int":"9223372036854775807"}""")]
    [NeedsData(StoreAbility.WideIntegers, "9223372036854775807", """{ "intValue": "9223372036854775807" }""", """{"@int":"9223372036854775807"}""")]
    [NeedsData(StoreAbility.WideIntegers, "-9223372036854775808", """{ "intValue": "-9223372036854775808" }""", """{"@int":"-9223372036854775808"}""")]
    [NeedsData(StoreAbility.WideIntegers, "9007199254740992", """{ "intValue": "9007199254740992" }""", "9007199254740992")]
    [InlineData("1.0", """{ "doubleValue": 1 }""", "1.0")]
    [InlineData("""{"@double": "1"}""", """{ "doubleValue": 1 }""", "1.0")]
    [InlineData("1e3", """{ "doubleValue": 1000 }""", "1000.0")]
    [InlineData("0.1", """{ "doubleValue": 0.1 }""", "0.1")]
    [InlineData("true", """{ "boolValue": true }""", "true")]
    [InlineData("\"\"", "", "\"\"")]
    [InlineData("\"é\\n\"", "é\n", "\"é\\n\"")]
    [InlineData("[1, [], null]", """{ "structValue": { "list": [ 1, [ ], null ] } }""", "[1,[],null]")]
    [InlineData("{}", """{ "structValue": { } }""", "{}")]
    [InlineData("""{"a": {"b": 1.5}}""", """{ "structValue": { "a": { "b": 1.5 } } }""", """{"a":{"b":1.5}}""")]
    [InlineData("""{"@struct": {"@int": "1"}}""", """{ "structValue": { "@int": "1" } }""", """{"@struct":{"@int":"1"}}""")]
    [InlineData("""{"list": [1]}""", """{ "structValue": { "list": [ 1 ] } }""", "[1]")]
    public async Task CreateArtifact_WithACustomProperty_StoresItsKindAndShowsIt(string given, string stored, string shown)
    {
        var node = await CreateAsync("metrics", $$$"""{"name": "n", "uri": "u", "customProperties": {"p.q r": {{{given}}} }}""");

        var read = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{node.Id}");
        Assert.Equal(stored, node.CustomProperties.Texts()["p.q r"]);
        Assert.Equal(shown, read["customProperties"]!["p.q r"].Raw());
    }

    [Fact]
    public async Task CreateArtifact_WithAProto_StoresAndShowsIt()
    {
        const string Proto = """{"@proto":{"typeUrl":"type.googleapis.com/a.B","value":"AQI="}}""";

        var node = await CreateAsync("metrics", $$"""{"name": "n", "uri": "u", "customProperties": {"p": {{Proto}}} }""");

        var read = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{node.Id}");
        Assert.Equal((byte[])[1, 2], node.CustomProperties["p"].ProtoValue.Value.ToByteArray());
        Assert.Equal(Proto, read["customProperties"]!["p"].Raw());
    }

    [Theory]
    [InlineData("INT", "1.0")]
    [InlineData("INT", "\"1\"")]
    [InlineData("INT", "true")]
    [InlineData("DOUBLE", "\"1\"")]
    [InlineData("DOUBLE", "1e999")]
    [InlineData("STRING", "1")]
    [InlineData("STRING", "{\"a\": 1}")]
    [InlineData("BOOLEAN", "0")]
    [InlineData("STRUCT", "\"{}\"")]
    [InlineData("PROTO", "{\"typeUrl\": \"x\"}")]
    public async Task CreateArtifact_WithAPropertyOfAnotherKindThanDeclared_Returns400(string declared, string value)
    {
        await RegisterAsync(declared);

        var answer = await gateway.Client.PostJson(
            $"{Workspace}/artifacts", $$$"""{"kind": "artifact", "type": "typed {{{declared}}}", "properties": {"p": {{{value}}}, "q": 1}}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "properties.p", "properties.q");
    }

    [Theory]
    [InlineData("INT", "-5", "-5")]
    [InlineData("DOUBLE", "1", "1.0")]
    [NeedsData(StoreAbility.ExactDoubles, "DOUBLE", "18446744073709551616", "1.8446744073709552E+19")]
    [InlineData("STRING", "\"\"", "\"\"")]
    [InlineData("BOOLEAN", "false", "false")]
    [InlineData("STRUCT", "[1]", "[1]")]
    [InlineData("PROTO", """{"@proto":{"typeUrl":"t","value":""}}""", """{"@proto":{"typeUrl":"t","value":""}}""")]
    public async Task CreateArtifact_WithADeclaredProperty_ShowsIt(string declared, string value, string shown)
    {
        await RegisterAsync(declared);

        var answer = await gateway.Client.PostJson(
            $"{Workspace}/artifacts", $$$"""{"kind": "artifact", "type": "typed {{{declared}}}", "properties": {"p": {{{value}}} }}""");

        Assert.Equal(shown, answer.Expect(HttpStatusCode.Created)["properties"]!["p"].Raw());
    }

    [Theory]
    [InlineData("""{"a": 1e999}""", "customProperties.a")]
    [InlineData("""{"a": {"@double": "NaN"}}""", "customProperties.a['@double']")]
    [InlineData("""{"a": {"@int": "1.5"}}""", "customProperties.a['@int']")]
    [InlineData("""{"a": {"@struct": []}}""", "customProperties.a['@struct']")]
    [InlineData("""{"a": {"@proto": {"value": ""}}}""", "customProperties.a['@proto'].typeUrl")]
    [InlineData("""{"a": {"b": [9007199254740993]}}""", "customProperties.a.b[0]")]
    [InlineData("""{"a b": "__MLMD_NULL__", "c": "mlmd-struct::x", "d": "\u0000"}""", "customProperties['a b']", "customProperties.c", "customProperties.d")]
    public async Task CreateArtifact_WithACustomPropertyThatCannotBeStored_Returns400NamingIt(string properties, params string[] paths)
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/metrics", $$"""{"name": "n", "uri": "u", "customProperties": {{properties}}}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Fact]
    public async Task CreateArtifact_WithAPropertyThatTheTypeGainedSince_StoresIt()
    {
        await gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "grows", Properties = { ["a"] = PropertyType.Int } } });
        (await gateway.Client.PostJson($"{Workspace}/artifacts", """{"kind": "artifact", "type": "grows", "properties": {"a": 1}}""")).Expect(HttpStatusCode.Created);
        await gateway.Store.PutArtifactTypeAsync(
            new() { ArtifactType = new() { Name = "grows", Properties = { ["b"] = PropertyType.Int } }, CanAddFields = true, CanOmitFields = true });

        var answer = await gateway.Client.PostJson($"{Workspace}/artifacts", """{"kind": "artifact", "type": "grows", "properties": {"b": 1}}""");

        answer.Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task CreateArtifact_WithAFieldAndItsPropertyThatDiffer_Returns400()
    {
        await gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "named", Properties = { ["name"] = PropertyType.String } } });

        var same = await gateway.Client.PostJson($"{Workspace}/artifacts", """{"kind": "artifact", "type": "named", "name": "a", "properties": {"name": "a"}}""");
        var other = await gateway.Client.PostJson($"{Workspace}/artifacts", """{"kind": "artifact", "type": "named", "name": "a", "properties": {"name": "b"}}""");

        same.Expect(HttpStatusCode.Created);
        other.ExpectProblem(HttpStatusCode.BadRequest, "name");
    }

    private async Task<Artifact> CreateAsync(string collection, string body)
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/{collection}", body);
        return await gateway.Store.GetArtifact((string?)answer.Expect(HttpStatusCode.Created)["id"]);
    }

    private async Task RegisterAsync(string declared) =>
        await gateway.Store.PutArtifactTypeAsync(new()
        {
            ArtifactType = new() { Name = $"typed {declared}", Properties = { ["p"] = Enum.Parse<PropertyType>(declared, ignoreCase: true) } },
        });
}
