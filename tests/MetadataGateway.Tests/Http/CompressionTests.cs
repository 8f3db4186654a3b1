using System.IO.Compression;
using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Http;

public sealed class CompressionTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("/api/v1/workspaces/c", "gzip", "gzip")]
    [InlineData("/api/v1/workspaces/c", "br", "br")]
    [InlineData("/api/v1/workspaces/c", "br;q=0.1, gzip", "gzip")]
    [InlineData("/api/v1/workspaces", "gzip", "gzip")]
    [InlineData("/api/v1/workspaces/none", "gzip", "gzip")]
    [InlineData("/api/v1/nothing", "br", "br")]
    [InlineData("/api/v1/workspaces/c/runs/r/lineage?format=dot", "gzip", "gzip")]
    [InlineData("/api/v1/workspaces/c/runs/r/lineage?format=mermaid", "br", "br")]
    [InlineData("/api/v1/workspaces/c", "gzip;q=0", null)]
    [InlineData("/api/v1/workspaces/c", "zstd", null)]
    [InlineData("/api/v1/workspaces/c", null, null)]
    public async Task Answer_ToAnAcceptedEncoding_IsTheSameButForIt(string path, string? accepted, string? encoding)
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/c", "{}");
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/c/runs/r", "{}");
        var plain = await gateway.Client.GetJson(path);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted is null ? [] : [accepted]);
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(encoding is null ? [] : [encoding], answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        Assert.Equal(plain.ETag, answer.Headers.ETag?.ToString());
        Assert.Equal(plain.Message.Content.Headers.ContentType, answer.Content.Headers.ContentType);
        Assert.Equal(WithoutTrace(plain.Text), WithoutTrace(await Decode(answer)));
    }

    [Fact]
    public async Task Get_WithTheTagOfACompressedAnswer_Returns304()
    {
        var workspace = await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/tag", "{}", ("Accept-Encoding", "gzip"));

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/tag", ("If-None-Match", workspace.ETag!), ("Accept-Encoding", "br"));

        answer.Expect(HttpStatusCode.NotModified);
        Assert.Equal(["Accept-Encoding"], answer.Message.Headers.Vary);
    }

    [Fact]
    public async Task Get_OfALineageWithoutAFormat_VariesByAcceptToo()
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/vary", "{}");
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/vary/runs/r", "{}");

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/vary/runs/r/lineage");

        Assert.Equal(["Accept", "Accept-Encoding"], answer.Expect(HttpStatusCode.OK).Message.Headers.Vary.Order());
    }

    [Fact]
    public async Task Head_WithAnAcceptedEncoding_NamesItAsGetDoes()
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/head", "{}");

        var answer = await gateway.Client.SendText(HttpMethod.Head, $"{HttpJson.Api}/workspaces/head", null, ("Accept-Encoding", "gzip"));

        Assert.Equal(["gzip"], answer.Expect(HttpStatusCode.OK).Message.Content.Headers.ContentEncoding);
    }

    private static string WithoutTrace(string text) => text.Split("\"traceId\"")[0];

    private static async Task<string> Decode(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStreamAsync();
        await using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        return await new StreamReader(decoded).ReadToEndAsync();
    }
}
