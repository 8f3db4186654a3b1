using System.Net;
using System.Text;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.Errors;

/// <summary>What a body can have wrong with it, on the operation with the deepest one. Nothing is stored after any of it.</summary>
public sealed class RequestBodyTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Executions = $"{HttpJson.Api}/workspaces/bodies/executions";

    [Theory]
    [InlineData("", "$")]
    [InlineData(" \r\n", "$")]
    [InlineData("{", "$")]
    [InlineData("""{"name": "a",}""", "$")]
    [InlineData("""{"name": "a"} {}""", "$")]
    [InlineData("""{"name": "a" /* b */}""", "$")]
    [InlineData("""{'name': 'a'}""", "$")]
    [InlineData("""{"name": NaN}""", "$")]
    [InlineData("""{"name": "a\x"}""", "$")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    [InlineData("\"a\"", "$")]
    [InlineData("""{"name": ["a"]}""", "name")]
    [InlineData("""{"name": "a", "inputs": {}}""", "inputs")]
    [InlineData("""{"name": "a", "inputs": [null, 1]}""", "inputs[0]", "inputs[1]")]
    [InlineData("""{"name": "a", "outputs": [{"kind": "dataset", "name": "d", "ury": "u"}]}""", "outputs[0].ury", "outputs[0].uri")]
    [InlineData("""{"name": "a", "outputs": [{"kind": "dataset", "name": "d", "uri": "u", "labels": {"a.b": 1}}]}""", "outputs[0].labels['a.b']")]
    [InlineData("""{"name": "a", "customProperties": {"x": 1, "x": 2}}""", "customProperties.x")]
    [InlineData("""{"name": "\ud800"}""", "name")]
    [InlineData("""{"name": "a", "customProperties": {"\udc00": 1}}""", "customProperties")]
    [InlineData("""{"name": "a\u0000b"}""", "name")]
    [InlineData("""{"name": "a", "state": "running", "Name": "b", "inputs": [{"artifactId": "042"}]}""", "Name", "state", "inputs[0].artifactId")]
    [InlineData("""{"name": "a", "inputs": [{"artifactId": "9223372036854775808"}, {"artifactId": "-1"}, {"artifactId": "0"}, {"artifactId": 1}]}""",
        "inputs[0].artifactId", "inputs[1].artifactId", "inputs[2].artifactId", "inputs[3].artifactId")]
    [InlineData("""{"name": 5, "state": "x", "inputs": [1, {"artifactId": "0"}], "outputs": 7}""", "name", "state", "inputs[0]", "inputs[1].artifactId", "outputs")]
    public async Task Post_WithBadBody_Returns400NamingEachPathAndStoresNothing(string body, params string[] paths)
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/bodies", "{}");

        var answer = await gateway.Client.PostJson(Executions, body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
        Assert.Empty((await gateway.Client.GetJson(Executions)).Expect(HttpStatusCode.OK)["items"]!.AsArray());
    }

    [Theory]
    [InlineData(new byte[] { 0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d })]
    [InlineData(new byte[] { 0x22, 0xc0, 0xaf, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xed, 0xa0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00 })]
    public async Task Post_WithBrokenUtf8_Returns400(byte[] body)
    {
        var answer = await gateway.Client.PostBytes($"{HttpJson.Api}/workspaces", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, "$");
        Assert.Contains("UTF-8", (string?)answer["errors"]!["$"]![0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(100_000)]
    public async Task Post_NestedTooDeep_Returns400(int depth)
    {
        var nested = string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));

        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", $$"""{"name": "deep", "labels": {{nested}}}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "$");
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/deep")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_LargerThanTheLimit_Returns413AndStoresNothing(bool chunked)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"name": "large", "description": "{{new string('x', 9 * 1024 * 1024)}}"}""");

        var answer = await gateway.Client.PostBytes($"{HttpJson.Api}/workspaces", body, chunked: chunked);

        answer.ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("RESOURCE_EXHAUSTED", (string?)answer["code"]);
        Assert.Contains("8388608", (string?)answer["detail"], StringComparison.Ordinal);
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/large")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [NeedsFact(StoreAbility.AnyText)]
    public async Task Post_JustWithinTheLimit_Returns201()
    {
        const string around = """{"name":"nearly","description":""}""";
        var body = around.Insert(around.Length - 2, new string('x', (8 * 1024 * 1024) - around.Length));

        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", body);

        answer.Expect(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/json")]
    [InlineData("application/jsonx")]
    [InlineData("json")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Post_WithAnotherContentType_Returns415WithTheHintForCurl(string? contentType)
    {
        var answer = await gateway.Client.PostBytes($"{HttpJson.Api}/workspaces", """{"name": "typed"}"""u8.ToArray(), contentType);

        answer.ExpectProblem(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("INVALID_ARGUMENT", (string?)answer["code"]);
        Assert.Contains("--json", (string?)answer["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.acme.v1+json")]
    [InlineData("application/merge-patch+json")]
    public async Task Post_WithAnyJsonContentType_IsTaken(string contentType)
    {
        var name = Uri.EscapeDataString(contentType);

        var answer = await gateway.Client.PostBytes(
            $"{HttpJson.Api}/workspaces", Encoding.UTF8.GetBytes($$"""{"name": "{{contentType}}"}"""), contentType);

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"{HttpJson.Api}/workspaces/{name}", answer.Location);
    }

    [Fact]
    public async Task Patch_WithMergePatchContentType_IsTaken()
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/patched", "{}");

        var answer = await gateway.Client.PatchJson(
            $"{HttpJson.Api}/workspaces/patched", """{"description": "d"}""", ("Content-Type", "application/merge-patch+json"));

        Assert.Equal("d", (string?)answer.Expect(HttpStatusCode.OK)["description"]);
    }

    [Theory]
    [InlineData("""{"labels": {"a": 1}}""", "labels.a")]
    [InlineData("""{"labels": {"a": {"b": "c"}}, "description": "__MLMD_NULL__"}""", "labels.a", "description")]
    [InlineData("""{"labels": "a", "description": "__MLMD_NULL__"}""", "labels", "description")]
    public async Task PutAndPatch_WithBadLabels_Return400AndStoreNothing(string body, params string[] paths)
    {
        var path = $"{HttpJson.Api}/workspaces/labelled";
        var before = await gateway.Client.PutJson(path, """{"labels": {"kept": "yes", "none": null}}""");

        (await gateway.Client.PutJson(path, body)).ExpectProblem(HttpStatusCode.BadRequest, paths);
        (await gateway.Client.PatchJson(path, body)).ExpectProblem(HttpStatusCode.BadRequest, paths);

        Assert.Equal("""{"kept":"yes"}""", before["labels"]!.ToJsonString());
        Assert.Equal("""{"kept":"yes"}""", (await gateway.Client.GetJson(path))["labels"]!.ToJsonString());
    }

    [Fact]
    public async Task Post_WithByteOrderMark_IsTaken()
    {
        var answer = await gateway.Client.PostBytes($"{HttpJson.Api}/workspaces", [.. Encoding.UTF8.Preamble, .. """{"name": "marked"}"""u8]);

        answer.Expect(HttpStatusCode.Created);
    }
}
