using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

public sealed class CreateArtifactTests(ArtifactGateway gateway) : IClassFixture<ArtifactGateway>
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    [Fact]
    public async Task CreateArtifact_OfADataset_ShowsEveryField()
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/datasets", """
            {"kind": "dataset", "type": "kubeflow.org/alpha/data_set", "workspace": "w", "run": "r", "name": "n", "uri": "s3://d", "description": "d",
             "owner": "o", "version": "v", "query": "q", "labels": {"z": "1", "a.b": ""}, "state": "LIVE", "externalId": "dataset x",
             "additionalProperties": {"z": [1.0, null], "a": {"b": 1e5}}, "customProperties": {"z": 1, "a": "x"}}
            """);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"{HttpJson.Api}/artifacts/{answer["id"]}", answer.Location);
        Assert.Equal((await gateway.Client.GetJson(answer.Location!)).Text, answer.Text);
        Assert.Equal(answer.ETag, (string?)answer["etag"]);
        Assert.Equal(
            """
            "type":"kubeflow.org/alpha/data_set","typeVersion":null,"name":"n","uri":"s3://d","description":"d","owner":"o","version":"v","labels":{"z":"1","a.b":""},"state":"LIVE","externalId":"dataset x","workspace":"w","run":"r","query":"q","additionalProperties":{"z":[1.0,null],"a":{"b":1e5}},"customProperties":{"a":"x","z":1}
            """,
            ArtifactGateway.FieldsOf(answer));
    }

    [NeedsFact(StoreAbility.AnyText)]
    public async Task CreateArtifact_OfAModel_ShowsEveryField()
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/models", """
            {"name": "n", "uri": "s3://m", "modelType": "cnn", "trainingFramework": {"name": "tensorflow", "version": null},
             "hyperparameters": {"lr": 0.10, "big": 12345678901234567890, "e": 1E-7, "nan": {"@double": "NaN"}, "null": null, "deep": [{"x": "\u0000é<"}, true], "":""},
             "labels": {}}
            """);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal(
            """
            "type":"kubeflow.org/alpha/model","typeVersion":null,"name":"n","uri":"s3://m","description":null,"owner":null,"version":null,"labels":{},"state":null,"externalId":null,"workspace":"w","run":null,"modelType":"cnn","trainingFramework":{"name":"tensorflow","version":null},"hyperparameters":{"lr":0.10,"big":12345678901234567890,"e":1E-7,"nan":{"@double":"NaN"},"null":null,"deep":[{"x":"\u0000é<"},true],"":""},"additionalProperties":{},"customProperties":{}
            """,
            ArtifactGateway.FieldsOf(answer));
        Assert.Equal((await gateway.Client.GetJson(answer.Location!)).Text, answer.Text);
    }

    [Fact]
    public async Task CreateArtifact_OfMetrics_ShowsEveryField()
    {
        var dataset = await gateway.Client.PostJson($"{Workspace}/datasets", """{"name": "for metrics", "uri": "d"}""");
        var model = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "for metrics", "uri": "m"}""");

        var answer = await gateway.Client.PostJson($"{Workspace}/metrics", $$$"""
            {"name": "n", "uri": "s3://x", "version": "v", "dataSetId": "{{{dataset["id"]}}}", "modelId": "{{{model["id"]}}}", "metricsType": "validation",
             "values": {"loss": {"@double": "-Infinity"}, "acc": 1.0, "n": 3}}
            """);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal(
            $$$"""
            "type":"kubeflow.org/alpha/metrics","typeVersion":null,"name":"n","uri":"s3://x","description":null,"owner":null,"version":"v","labels":{},"state":null,"externalId":null,"workspace":"w","run":null,"dataSetId":"{{{dataset["id"]}}}","modelId":"{{{model["id"]}}}","metricsType":"validation","values":{"loss":{"@double":"-Infinity"},"acc":1.0,"n":3},"additionalProperties":{},"customProperties":{}
            """,
            ArtifactGateway.FieldsOf(answer));
    }

    [Fact]
    public async Task CreateArtifact_OfACustomType_ShowsEveryField()
    {
        await gateway.Store.PutArtifactTypeAsync(new PutArtifactTypeRequest
        {
            ArtifactType = new() { Name = "acme.org/v1/report", Version = "2", Properties = { ["pages"] = PropertyType.Int, ["name"] = PropertyType.String } },
        });

        var answer = await gateway.Client.PostJson($"{Workspace}/artifacts", """
            {"kind": "artifact", "type": "acme.org/v1/report", "typeVersion": "2", "name": "n", "version": "v", "owner": "o", "description": "d", "run": "r",
             "labels": {"a": "b"}, "additionalProperties": {"x": 1.0}, "properties": {"pages": 3}, "customProperties": {"labels.a": 2}}
            """);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal(
            """
            "type":"acme.org/v1/report","typeVersion":"2","name":"n","uri":null,"description":"d","owner":"o","version":"v","labels":{"a":"b"},"state":null,"externalId":null,"workspace":"w","run":"r","properties":{"name":"n","pages":3},"additionalProperties":{"x":1.0},"customProperties":{"labels.a":2}
            """,
            ArtifactGateway.FieldsOf(answer));
        Assert.Equal((await gateway.Client.GetJson(answer.Location!)).Text, answer.Text);
    }

    [Theory]
    [InlineData("datasets", """{"name": "none", "uri": "none-1"}""")]
    [InlineData("datasets", """{"name": "none", "uri": "none-2", "description": "", "owner": "", "version": "", "query": "", "run": "", "workspace": "", "state": "", "externalId": "", "type": "", "typeVersion": "", "kind": ""}""")]
    [InlineData("datasets", """{"name": "none", "uri": "none-3", "description": null, "owner": null, "version": null, "query": null, "run": null, "labels": null, "state": null, "externalId": null, "customProperties": null, "additionalProperties": null, "hyperparameters": null, "properties": null}""")]
    public async Task CreateArtifact_WithAbsentNullOrEmptyFields_MeansTheSame(string collection, string body)
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/{collection}", body);

        var node = await gateway.Store.GetArtifact((string?)answer.Expect(HttpStatusCode.Created)["id"]);
        Assert.Equal(["__ALL_META__", "create_time", "name"], node.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["__kf_workspace__"], node.CustomProperties.Keys);
        Assert.False(node.HasState);
    }

    [Theory]
    [InlineData("datasets", "{}", "name", "uri")]
    [InlineData("datasets", """{"name": "", "uri": null}""", "name", "uri")]
    [InlineData("models", """{"name": "n", "uri": "u", "query": "q", "values": {}, "properties": {"x": 1}}""", "query", "values", "properties")]
    [InlineData("metrics", """{"name": "n", "uri": "u", "kind": "model"}""", "kind")]
    [InlineData("datasets", """{"name": "n", "uri": "u", "type": "system.Dataset", "typeVersion": "1"}""", "type", "typeVersion")]
    [InlineData("artifacts", """{"name": "n", "uri": "u", "type": "mlmd.Train"}""", "kind")]
    [InlineData("artifacts", """{"kind": "artefact", "uri": "u"}""", "kind")]
    [InlineData("artifacts", """{"kind": "artifact", "name": "n"}""", "type")]
    [InlineData("artifacts", """{"kind": "model", "name": "n"}""", "uri")]
    [InlineData("models", """{"name": "n", "uri": "u", "lables": {}, "etag": "x", "id": "1"}""", "lables", "etag", "id")]
    [InlineData("models", """{"name": "n", "uri": "u", "labels": {"a": 1, "b.c": null, "d": {}}}""", "labels.a", "labels['b.c']", "labels.d")]
    [InlineData("models", """{"name": 1, "uri": ["u"], "hyperparameters": []}""", "name", "uri", "hyperparameters")]
    [InlineData("models", """{"name": "mlmd-struct::n", "uri": "__MLMD_NULL__", "description": "\u0000"}""", "name", "uri", "description")]
    [InlineData("models", """{"name": "n", "uri": "u", "hyperparameters": {"a": [{"@double": "1"}]}}""", "hyperparameters.a[0]")]
    [InlineData("metrics", """{"name": "n", "uri": "u", "values": {"a": "1", "b": null, "c": {"@double": "1"}, "d": {"@double": "NaN"}}}""", "values.a", "values.b", "values.c")]
    [InlineData("metrics", """{"name": "n", "uri": "u", "metricsType": "test", "dataSetId": "x", "modelId": "007"}""", "metricsType", "dataSetId", "modelId")]
    [InlineData("datasets", """{"name": "n", "uri": "u", "state": "live"}""", "state")]
    [InlineData("datasets", """{"name": "n", "uri": "u", "externalId": "metadata-gateway/x"}""", "externalId")]
    [InlineData("datasets", """{"name": "n", "uri": "u", "workspace": "other"}""", "workspace")]
    [InlineData("datasets", """{"name": "n", "uri": "u", "run": " r"}""", "run")]
    [InlineData("datasets", """{"name": "n", "uri": "u", "customProperties": {"__kf_run__": "r", "__kf_workspace__": "w", "metadata-gateway/x": 1, "labels.x": 1, "hyperparameters.y": 1, "values.z": 1, "": 1}}""",
        "customProperties.__kf_run__", "customProperties.__kf_workspace__", "customProperties['metadata-gateway/x']", "customProperties['labels.x']",
        "customProperties['hyperparameters.y']", "customProperties['values.z']", "customProperties['']")]
    [InlineData("artifacts", """{"kind": "artifact", "type": "mlmd.Statistics", "customProperties": {"owner": "o"}}""", "customProperties.owner")]
    [InlineData("datasets", """{"uri": "u", "customProperties": {"a": 9223372036854775808}}""", "name", "customProperties.a")]
    public async Task CreateArtifact_WithBadBody_Returns400NamingEachField(string collection, string body, params string[] paths)
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/{collection}", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Fact]
    public async Task CreateArtifact_WithKeysThatAreTooLong_Returns400NamingEach()
    {
        var key = new string('é', 128);

        var answer = await gateway.Client.PostJson(
            $"{Workspace}/models", $$$"""{"name": "n", "uri": "u", "externalId": "{{{key}}}", "customProperties": {"{{{key}}}": 1}}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "externalId", $"customProperties['{key}']");
    }

    [Fact]
    public async Task CreateArtifact_WithReferencesThatDoNotResolve_Returns422NamingEach()
    {
        var model = await gateway.Client.PostJson($"{Workspace}/models", """{"name": "no data set", "uri": "u"}""");

        var answer = await gateway.Client.PostJson(
            $"{Workspace}/metrics", $$"""{"name": "n", "uri": "u", "dataSetId": "{{model["id"]}}", "modelId": "999999"}""");

        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "dataSetId", "modelId");
        Assert.Equal("FAILED_PRECONDITION", (string?)answer["code"]);
    }

    [Theory]
    [InlineData("""{"kind": "artifact", "type": "no.such/type"}""")]
    [InlineData("""{"kind": "artifact", "type": "mlmd.Train"}""")]
    [InlineData("""{"kind": "artifact", "type": "mlmd.Dataset", "typeVersion": "7"}""")]
    public async Task CreateArtifact_OfAnUnknownType_Returns422(string body)
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/artifacts", body);

        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "type");
    }

    [Fact]
    public async Task CreateArtifact_WithAKindInTheOpenCollection_RecordsThatKind()
    {
        var answer = await gateway.Client.PostJson($"{Workspace}/artifacts", """{"kind": "model", "name": "open", "uri": "u", "modelType": "t"}""");

        Assert.Equal(("model", "kubeflow.org/alpha/model"), ((string?)answer.Expect(HttpStatusCode.Created)["kind"], (string?)answer["type"]));
    }

    [Theory]
    [InlineData("datasets", """{"name": "n", "uri": "u"}""")]
    [InlineData("artifacts", """{"kind": "artifact", "type": "mlmd.Dataset"}""")]
    public async Task CreateArtifact_InAnUnknownWorkspace_Returns404(string collection, string body) =>
        (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/nowhere/{collection}", body)).ExpectProblem(HttpStatusCode.NotFound);

    [Fact]
    public async Task CreateArtifact_WithAnUnknownIfExists_Returns400() =>
        (await gateway.Client.PostJson($"{Workspace}/models?ifExists=replace", """{"name": "n"}""")).ExpectProblem(HttpStatusCode.BadRequest, "ifExists", "uri");

    [Theory]
    [InlineData("models")]
    [InlineData("metrics")]
    public async Task CreateArtifact_WithATakenExternalId_Returns409NamingIt(string collection)
    {
        var holder = await gateway.Client.PostJson($"{Workspace}/datasets", $$"""{"name": "holder of {{collection}}", "uri": "u", "externalId": "taken {{collection}}"}""");
        holder.Expect(HttpStatusCode.Created);

        var answer = await gateway.Client.PostJson($"{Workspace}/{collection}", $$"""{"name": "late", "uri": "u", "externalId": "taken {{collection}}"}""");

        answer.ExpectProblem(HttpStatusCode.Conflict, "externalId");
        Assert.Equal("ALREADY_EXISTS", (string?)answer["code"]);
    }
}
