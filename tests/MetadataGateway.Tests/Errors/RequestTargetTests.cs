using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Errors;

/// <summary>Paths, methods and query parameters that are not offered or not well-formed.</summary>
public sealed class RequestTargetTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Api = HttpJson.Api;

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/nope")]
    [InlineData("/api/v2/workspaces")]
    [InlineData("/api/v1/Workspaces/x/y/z")]
    [InlineData("/api/v1/workspaces/x/nope")]
    [InlineData("/api/v1//workspaces")]
    public async Task Get_UnknownRoute_Returns404(string path)
    {
        var answer = await gateway.Client.GetJson(path);

        answer.ExpectProblem(HttpStatusCode.NotFound);
        Assert.Equal("NOT_FOUND", (string?)answer["code"]);
        Assert.Equal(path, (string?)answer["instance"]);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/workspaces", "GET, HEAD, POST")]
    [InlineData("POST", "/api/v1/workspaces/x", "GET, HEAD, PATCH, PUT")]
    [InlineData("DELETE", "/api/v1/executions/1", "GET, HEAD, PATCH")]
    [InlineData("PUT", "/api/v1/executions/1/inputs", "GET, HEAD, POST")]
    [InlineData("POST", "/livez", "GET, HEAD")]
    [InlineData("TRACE", "/api/v1/workspaces", "GET, HEAD, POST")]
    public async Task Send_MethodNotOffered_Returns405WithAllow(string method, string path, string allow)
    {
        var answer = await gateway.Client.SendText(new HttpMethod(method), path, null);

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Equal("UNIMPLEMENTED", (string?)answer["code"]);
        Assert.Equal(allow, string.Join(", ", answer.Message.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("1.0")]
    [InlineData("1e1")]
    [InlineData("0x1")]
    [InlineData("%201")]
    [InlineData("one")]
    [InlineData("%zz")]
    [InlineData("%D9%A1")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999")]
    public async Task Get_IdThatIsNone_Returns404(string id)
    {
        var answers = await Task.WhenAll(
            gateway.Client.GetJson($"{Api}/executions/{id}"), gateway.Client.GetJson($"{Api}/artifacts/{id}"),
            gateway.Client.GetJson($"{Api}/executions/{id}/inputs"), gateway.Client.GetJson($"{Api}/artifacts/{id}/lineage"),
            gateway.Client.PatchJson($"{Api}/executions/{id}", "{}"), gateway.Client.PostJson($"{Api}/executions/{id}/outputs", """{"artifactId": "1"}"""));

        Assert.All(answers, answer => answer.ExpectProblem(HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("%zz")]
    [InlineData("a%ff")]
    [InlineData("%c0%af")]
    [InlineData("%ed%a0%80")]
    public async Task Put_NameThatIsNotPercentEncodedUtf8_Returns400AndStoresNothing(string name)
    {
        var answer = await gateway.Client.PutJson($"{Api}/workspaces/{name}", "{}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "workspace");
        Assert.DoesNotContain($"\"{name}\"", (await gateway.Client.GetJson($"{Api}/workspaces")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("a/%2e%2E/b")]
    [InlineData("./b")]
    [InlineData("%2e/b")]
    public async Task Put_PathWithDotSegments_MeansTheNameThatWasRoutedBy(string path)
    {
        var answer = await gateway.Client.PutJson($"{Api}/workspaces/{path}", "{}");

        Assert.Equal("b", (string?)answer["name"]);
        (await gateway.Client.GetJson($"{Api}/workspaces/a")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("team%2Fvision", "team/vision")]
    [InlineData("team%252Fvision", "team%2Fvision")]
    [InlineData("a+b", "a+b")]
    [InlineData("100%25", "100%")]
    [InlineData("%C3%BC%E2%82%AC", "ü€")]
    [InlineData("%F0%9F%98%80", "😀")]
    public async Task Put_EncodedName_IsDecodedOnce(string encoded, string name)
    {
        var answer = await gateway.Client.PutJson($"{Api}/workspaces/{encoded}", "{}");

        Assert.Equal(name, (string?)answer.Expect(HttpStatusCode.Created)["name"]);
        Assert.Equal(name, (string?)(await gateway.Client.GetJson(answer.Location!))["name"]);
    }

    [Theory]
    [InlineData("?nope=1", "nope")]
    [InlineData("?pageSize=0", "pageSize")]
    [InlineData("?pageSize=1001", "pageSize")]
    [InlineData("?pageSize=%2B5", "pageSize")]
    [InlineData("?pageSize=", "pageSize")]
    [InlineData("?PageSize=5", "PageSize")]
    [InlineData("?pageSize=5&pageSize=5", "pageSize")]
    [InlineData("?pageToken=%25&orderBy=name", "orderBy")]
    [InlineData("?pageToken=zzz", "pageToken")]
    [InlineData("?orderBy=id&x=%zz&pageSize=a&orderBy=id", "orderBy", "pageSize", "x")]
    [InlineData("?orderBy=%ff", "orderBy")]
    [InlineData("?%ff=1", "%ff")]
    public async Task List_WithBadQuery_Returns400NamingEachParameter(string query, params string[] names)
    {
        var answer = await gateway.Client.GetJson($"{Api}/workspaces{query}");

        answer.Expect(HttpStatusCode.BadRequest);
        Assert.Superset(names.ToHashSet(), answer["errors"]!.AsObject().Select(error => error.Key).ToHashSet());
    }

    [Theory]
    [InlineData("GET", "/api/v1/workspaces/x")]
    [InlineData("PUT", "/api/v1/workspaces/x")]
    [InlineData("POST", "/api/v1/workspaces")]
    [InlineData("PATCH", "/api/v1/artifacts/1")]
    public async Task Send_QueryParameterWhereThereIsNone_Returns400(string method, string path)
    {
        var answer = await gateway.Client.SendText(new HttpMethod(method), $"{path}?dryRun=true", method == "GET" ? null : """{"name": "x"}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "dryRun");
    }
}
