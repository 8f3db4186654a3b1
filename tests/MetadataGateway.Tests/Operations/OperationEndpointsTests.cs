using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Operations;

public sealed class OperationEndpointsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("/livez", """{"status":"alive"}""")]
    [InlineData("/readyz", """{"status":"ready","store":"embedded","mlmd":{"release":"1.15 to 1.17","backEnd":"SQLite","filter":true,"ignoresCase":false,"integerBits":64}}""")]
    public async Task Health_OfAServiceThatWorks_Is200(string path, string body)
    {
        var answer = await gateway.Client.GetJson(path);

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(body, answer.Text);
        Assert.Equal("application/json", answer.Message.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Version_NamesReleaseAndApi()
    {
        var answer = await gateway.Client.GetJson("/version");

        answer.Expect(HttpStatusCode.OK);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", (string?)answer["version"]);
        Assert.Equal("v1", (string?)answer["api"]);
    }

    [Fact]
    public async Task Metrics_AreTextForPrometheusWithTheRequestsByRoute()
    {
        await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/nobody");

        var answer = await gateway.Client.GetJson("/metrics");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("text/plain", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", answer.Text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/api/v1/workspaces/{workspace}\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", answer.Text, StringComparison.Ordinal);
    }
}
