using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.EmbeddedStore.Hosting;
using MetadataGateway.StoreContract.Tests.ClientChannel;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Hosting;

public sealed class GrpcWebTests : IAsyncLifetime
{
    private const string Path = "/ml_metadata.MetadataStoreService/GetArtifactsByID";

    private readonly ScriptedStore _store = new()
    {
        Answer = (request, _) => request.ArtifactIds.Count == 0
            ? throw new RpcException(new Status(StatusCode.InvalidArgument, "no ids"))
            : Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Id = request.ArtifactIds[0] } } }),
    };

    private EmbeddedStoreServer? _server;

    public async Task InitializeAsync()
    {
        var options = new EmbeddedStoreOptions { GrpcUrl = "http://127.0.0.1:0", GrpcWeb = true };
        _server = await EmbeddedStoreServer.StartAsync(_store, options, null, null, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Theory]
    [InlineData("application/grpc-web+proto")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc-web-text")]
    public async Task Call_OverHttp11_AnswersMessageAndTrailers(string contentType)
    {
        var (message, trailers) = await PostAsync(contentType, new GetArtifactsByIDRequest { ArtifactIds = { 6 } });

        Assert.Equal(6, GetArtifactsByIDResponse.Parser.ParseFrom(message).Artifacts.Single().Id);
        Assert.Contains("grpc-status: 0", trailers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Call_ThatFails_AnswersItsStatusForPagesToRead()
    {
        using var response = await SendAsync("application/grpc-web+proto", new GetArtifactsByIDRequest());

        Assert.Equal("3", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal("no ids", Uri.UnescapeDataString(response.Headers.GetValues("grpc-message").Single()));
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var exposed = string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers"));
        Assert.Contains("grpc-status", exposed, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("grpc-message", exposed, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Preflight_FromAnotherOrigin_AllowsTheHeadersOfGrpcWeb()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, Path);
        request.Headers.Add("Origin", "http://pipelines.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-grpc-web,x-user-agent,grpc-timeout");

        using var response = await SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        var headers = string.Join(',', response.Headers.GetValues("Access-Control-Allow-Headers")).Split(',');
        Assert.Equal(["content-type", "x-grpc-web", "x-user-agent", "grpc-timeout"], headers);
    }

    [Fact]
    public async Task Call_OfAGrpcClient_StillWorksAtTheOtherPort()
    {
        using var channel = GrpcChannel.ForAddress(_server!.Address);

        var response = await new MetadataStoreService.MetadataStoreServiceClient(channel)
            .GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { 8 } });

        Assert.Equal(8, response.Artifacts.Single().Id);
        Assert.NotEqual(_server.Address, _server.GrpcWebAddress);
    }

    private async Task<(byte[] Message, string Trailers)> PostAsync(string contentType, GetArtifactsByIDRequest request)
    {
        using var response = await SendAsync(contentType, request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpVersion.Version11, response.Version);

        var body = await response.Content.ReadAsByteArrayAsync();
        if (IsText(contentType))
            body = Base64Parts(Encoding.ASCII.GetString(body));
        var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1));
        var trailers = body.AsSpan(5 + length);
        Assert.Equal(0, body[0]);
        Assert.Equal(0x80, trailers[0]);
        return (body[5..(5 + length)], Encoding.ASCII.GetString(trailers[5..]));
    }

    private async Task<HttpResponseMessage> SendAsync(string contentType, GetArtifactsByIDRequest request)
    {
        // One byte of flags, the length in four, the message.
        var frame = new byte[5 + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), request.CalculateSize());
        request.WriteTo(frame.AsSpan(5));

        using var message = new HttpRequestMessage(HttpMethod.Post, Path);
        message.Content = new ByteArrayContent(IsText(contentType) ? Encoding.ASCII.GetBytes(Convert.ToBase64String(frame)) : frame);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        message.Headers.Add("Origin", "http://pipelines.example");
        message.Headers.Add("X-Grpc-Web", "1");
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(contentType));
        return await SendAsync(message);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient { BaseAddress = _server!.GrpcWebAddress };
        return await http.SendAsync(request);
    }

    private static bool IsText(string contentType) => contentType.Contains("text", StringComparison.Ordinal);

    /// <summary>The text form is written in pieces, each encoded and padded for itself.</summary>
    private static byte[] Base64Parts(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at += 4)
            bytes.AddRange(Convert.FromBase64String(text.Substring(at, 4)));
        return [.. bytes];
    }
}
