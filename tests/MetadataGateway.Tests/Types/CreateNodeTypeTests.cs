using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Types;

public sealed class CreateNodeTypeTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Fact]
    public async Task CreateNodeType_WithNewName_Returns201WithLocationAndTag()
    {
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/artifactTypes", """
            {"name": "acme.org/v1/report", "version": "2", "description": "Evaluation", "baseType": "METRICS",
             "properties": {"accuracy": "DOUBLE", "Rows": "INT", "author": "STRING", "raw": "PROTO", "more": "STRUCT", "done": "BOOLEAN"}}
            """);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal("/api/v1/artifactTypes/acme.org%2Fv1%2Freport?version=2", answer.Location);
        Assert.Equal((string?)answer["etag"], answer.ETag);
        var body = answer.Json!.AsObject();
        Assert.True(body.Remove("id"));
        Assert.True(body.Remove("etag"));
        Assert.Equal(
            """{"name":"acme.org/v1/report","version":"2","description":"Evaluation","baseType":"METRICS","properties":"""
            + """{"Rows":"INT","accuracy":"DOUBLE","author":"STRING","done":"BOOLEAN","more":"STRUCT","raw":"PROTO"}}""",
            body.ToJsonString());
        Assert.Equal((await gateway.Client.GetJson(answer.Location!)).Text, answer.Text);
    }

    [Theory]
    [InlineData("artifactTypes", "DATASET")]
    [InlineData("artifactTypes", "MODEL")]
    [InlineData("artifactTypes", "METRICS")]
    [InlineData("artifactTypes", "STATISTICS")]
    [InlineData("executionTypes", "TRAIN")]
    [InlineData("executionTypes", "TRANSFORM")]
    [InlineData("executionTypes", "PROCESS")]
    [InlineData("executionTypes", "EVALUATE")]
    [InlineData("executionTypes", "DEPLOY")]
    [InlineData("executionTypes", null)]
    [InlineData("contextTypes", null)]
    public async Task CreateNodeType_OfEachKindAndBase_IsReadAsWritten(string collection, string? baseType)
    {
        var body = $$$"""{"name": "of {{{baseType}}}", "baseType": "{{{baseType}}}", "properties": {"x": "INT"}}""";

        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/{collection}", body);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal(baseType, (string?)answer["baseType"]);
        Assert.Equal((await gateway.Client.GetJson(answer.Location!)).Text, answer.Text);
    }

    [Fact]
    public async Task CreateNodeType_WithBaseType_IsBasedOnMlmdsSimpleType()
    {
        await gateway.Client.PostJson($"{HttpJson.Api}/executionTypes", """{"name": "based", "baseType": "EVALUATE"}""");

        var stored = await gateway.Store.GetExecutionTypeAsync(new() { TypeName = "based" });

        Assert.Equal(ExecutionType.Types.SystemDefinedBaseType.Evaluate, stored.ExecutionType.BaseType);
        Assert.False(stored.ExecutionType.HasDescription);
        Assert.False(stored.ExecutionType.HasVersion);
    }

    [Theory]
    [InlineData("""{"name": "twice", "description": "d", "baseType": "MODEL", "properties": {"x": "INT"}}""")]
    [InlineData("""{"name": "twice", "version": "", "properties": {"x": "INT"}}""")]
    [InlineData("""{"name": "twice", "description": null, "baseType": "", "properties": {"x": "INT"}}""")]
    public async Task CreateNodeType_ThatExistsEqual_Returns200(string body)
    {
        await gateway.Client.PostJson(
            $"{HttpJson.Api}/artifactTypes", """{"name": "twice", "description": "d", "baseType": "MODEL", "properties": {"x": "INT"}}""");

        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/artifactTypes", body);

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("/api/v1/artifactTypes/twice", answer.Location);
        Assert.Equal("d", (string?)answer["description"]);
        Assert.Equal("MODEL", (string?)answer["baseType"]);
    }

    [Theory]
    [InlineData("""{"properties": {"x": "DOUBLE"}}""", "properties.x")]
    [InlineData("""{"properties": {}}""", "properties.x")]
    [InlineData("""{"properties": {"x": "INT", "a b": "STRING"}}""", "properties['a b']")]
    [InlineData("""{"description": "e", "properties": {"x": "INT"}}""", "description")]
    [InlineData("""{"baseType": "DATASET", "properties": {"x": "INT"}}""", "baseType")]
    [InlineData("""{"description": "e", "baseType": "DATASET", "properties": {"x": "STRING", "y": "INT"}}""",
        "description", "baseType", "properties.x", "properties.y")]
    public async Task CreateNodeType_ThatExistsDifferent_Returns409NamingEachDifference(string body, params string[] paths)
    {
        await gateway.Client.PostJson(
            $"{HttpJson.Api}/artifactTypes", """{"name": "other", "description": "d", "baseType": "MODEL", "properties": {"x": "INT"}}""");

        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/artifactTypes", body.Insert(1, "\"name\": \"other\", "));

        answer.ExpectProblem(HttpStatusCode.Conflict, paths);
        Assert.Equal("ALREADY_EXISTS", (string?)answer["code"]);
        Assert.All(paths, path => Assert.Contains(path, (string?)answer["detail"], StringComparison.Ordinal));
        Assert.Equal("""{"x":"INT"}""", (await gateway.Client.GetJson($"{HttpJson.Api}/artifactTypes/other"))["properties"]!.ToJsonString());
    }

    [Fact]
    public async Task CreateNodeType_OfSameNameInAnotherKindOrVersion_IsAnotherType()
    {
        var ids = new HashSet<string?>();
        foreach (var (collection, version) in new[] { ("artifactTypes", ""), ("artifactTypes", "1"), ("executionTypes", ""), ("contextTypes", "") })
        {
            var answer = await gateway.Client.PostJson($"{HttpJson.Api}/{collection}", $$"""{"name": "shared", "version": "{{version}}"}""");
            ids.Add((string?)answer.Expect(HttpStatusCode.Created)["id"]);
        }

        Assert.Equal(4, ids.Count);
    }

    [Theory]
    [InlineData("artifactTypes", """{}""", "name")]
    [InlineData("artifactTypes", """{"name": ""}""", "name")]
    [InlineData("artifactTypes", """{"name": ".."}""", "name")]
    [InlineData("artifactTypes", """{"name": "a\nb", "version": "\u0007"}""", "name", "version")]
    [InlineData("artifactTypes", """{"name": "metadata-gateway/x", "version": "metadata-gateway/1"}""", "name", "version")]
    [InlineData("artifactTypes", """{"name": "mlmd-struct::", "description": "__MLMD_NULL__"}""", "name", "description")]
    [InlineData("artifactTypes", """{"name": 5}""", "name")]
    [InlineData("artifactTypes", """{"name": "x", "id": "1"}""", "id")]
    [InlineData("artifactTypes", """{"name": "x", "propertys": {}}""", "propertys")]
    [InlineData("artifactTypes", """{"name": "x", "baseType": "TRAIN"}""", "baseType")]
    [InlineData("artifactTypes", """{"name": "x", "baseType": "UNSET"}""", "baseType")]
    [InlineData("executionTypes", """{"name": "x", "baseType": "MODEL"}""", "baseType")]
    [InlineData("contextTypes", """{"name": "x", "baseType": "MODEL"}""", "baseType")]
    [InlineData("artifactTypes", """{"name": "x", "properties": []}""", "properties")]
    [InlineData("artifactTypes", """{"name": "x", "properties": {"a": "FLOAT", "b": null, "c": 1, "d": "UNKNOWN", "e": "int", "f": "INT"}}""",
        "properties.a", "properties.b", "properties.c", "properties.d", "properties.e")]
    [InlineData("artifactTypes", """{"name": "x", "properties": {"": "INT", "metadata-gateway/a": "INT", "a\tb": "INT"}}""",
        "properties['']", "properties['metadata-gateway/a']", "properties['a\tb']")]
    [InlineData("artifactTypes", """{"name": "x", "properties": {"__ALL_META__": "STRING", "__kf_run__": "STRING"}}""",
        "properties.__ALL_META__", "properties.__kf_run__")]
    public async Task CreateNodeType_WithBadBody_Returns400NamingEachField(string collection, string body, params string[] paths)
    {
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/{collection}", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
    }

    [Theory]
    [InlineData(255, HttpStatusCode.Created)]
    [InlineData(256, HttpStatusCode.BadRequest)]
    public async Task CreateNodeType_WithLongNames_Takes255BytesOfUtf8(int bytes, HttpStatusCode status)
    {
        var text = string.Concat("é", new string('x', bytes - 2));

        var answer = await gateway.Client.PostJson(
            $"{HttpJson.Api}/contextTypes", $$$"""{"name": "{{{text}}}", "version": "{{{text}}}", "properties": {"{{{text}}}": "INT"}}""");

        answer.Expect(status);
        if (status == HttpStatusCode.BadRequest)
        {
            Assert.Equal(3, answer["errors"]!.AsObject().Count);
        }
        else
        {
            (await gateway.Client.GetJson(answer.Location!)).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task CreateNodeType_WithVersionInTheQuery_Returns400()
    {
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/artifactTypes?version=1", """{"name": "x"}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "version");
    }
}
