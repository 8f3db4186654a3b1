using System.Net;
using System.Net.Sockets;
using System.Text;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Http;

public sealed class HeadRequestTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("/api/v1/workspaces", HttpStatusCode.OK)]
    [InlineData("/api/v1/workspaces/head", HttpStatusCode.OK)]
    [InlineData("/api/v1/workspaces/head/runs/r/artifacts", HttpStatusCode.OK)]
    [InlineData("/api/v1/workspaces/head/runs/r/lineage?format=dot", HttpStatusCode.OK)]
    [InlineData("/api/v1/workspaces/head?x=1", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/artifacts/999999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/livez", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.OK)]
    [InlineData("/version", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/swagger/index.html", HttpStatusCode.OK)]
    public async Task Head_WhereGetWorks_HasItsStatusAndHeadersAndNoBody(string path, HttpStatusCode status)
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/head", "{}");
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/head/runs/r", "{}");
        var get = await gateway.Client.GetJson(path);

        var head = await gateway.Client.SendText(HttpMethod.Head, path, null);

        head.Expect(status);
        Assert.Equal(get.Status, head.Status);
        Assert.Empty(head.Text);
        Assert.Equal(get.ETag, head.ETag);
        Assert.Equal(get.Message.Content.Headers.ContentType, head.Message.Content.Headers.ContentType);
        Assert.Equal(get.Message.Headers.Vary, head.Message.Headers.Vary);
    }

    [Fact]
    public async Task Head_OnTheWire_EndsWithItsHeaders()
    {
        var address = gateway.Client.BaseAddress!;
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HEAD /version HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_WithACurrentTag_Returns304()
    {
        var workspace = await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/tag", "{}");

        var answer = await gateway.Client.SendText(HttpMethod.Head, $"{HttpJson.Api}/workspaces/tag", null, ("If-None-Match", workspace.ETag!));

        answer.Expect(HttpStatusCode.NotModified);
        Assert.Equal(workspace.ETag, answer.ETag);
    }

    [Fact]
    public async Task Head_WhereGetIsNotOffered_Returns405()
    {
        var answer = await gateway.Client.SendText(HttpMethod.Head, $"{HttpJson.Api}/artifacts/1:undelete", null);

        answer.Expect(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["POST"], answer.Message.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/v1/workspaces/w")]
    [InlineData("/api/v1/artifacts/1")]
    public async Task MethodNotOffered_WhereGetIs_AllowsHead(string path)
    {
        var answer = await gateway.Client.SendText(HttpMethod.Post, path, null);

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Contains("HEAD", answer.Message.Content.Headers.Allow);
        Assert.Contains("HEAD", (string?)answer["detail"], StringComparison.Ordinal);
    }
}
