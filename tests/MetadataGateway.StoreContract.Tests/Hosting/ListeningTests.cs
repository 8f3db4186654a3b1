using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.EmbeddedStore.Hosting;
using MetadataGateway.StoreContract.Tests.ClientChannel;
using Microsoft.Extensions.Configuration;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Hosting;

public sealed class ListeningTests
{
    private static Task<EmbeddedStoreServer> StartAsync(string url, bool grpcWeb = false, IConfiguration? kestrel = null) =>
        EmbeddedStoreServer.StartAsync(
            new ScriptedStore(), new EmbeddedStoreOptions { GrpcUrl = url, GrpcWeb = grpcWeb }, kestrel, null, CancellationToken.None);

    [Fact]
    public async Task Start_AtABusyPort_NamesTheSetting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(url));

        Assert.StartsWith($"EmbeddedStore:GrpcUrl is {url}, but another program listens there.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AtAnAddressOfAnotherMachine_NamesTheSetting()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("http://192.0.2.1:0"));

        Assert.StartsWith("EmbeddedStore:GrpcUrl is http://192.0.2.1:0", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9090")]
    [InlineData("127.0.0.1:9090")]
    [InlineData("ftp://127.0.0.1:9090")]
    [InlineData("http://metadata.example:9090")]
    [InlineData("http://127.0.0.1:9090/store")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://unix:/tmp/store.sock")]
    public async Task Start_AtWhatIsNoAddress_NamesTheSetting(string url)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(url));

        Assert.StartsWith($"EmbeddedStore:GrpcUrl is \"{url}\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithNoPortLeftForGrpcWeb_NamesTheSetting()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("http://127.0.0.1:65535", grpcWeb: true));

        Assert.StartsWith("EmbeddedStore:GrpcUrl leaves no port for gRPC-Web", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:0", "127.0.0.1")]
    [InlineData("http://[::1]:0", "[::1]")]
    [InlineData("http://*:0", "[::]")]
    [InlineData("http://0.0.0.0:0", "0.0.0.0")]
    public async Task Start_AtEachKindOfHost_Listens(string url, string host)
    {
        await using var server = await StartAsync(url);

        Assert.Equal(host, server.Address.Host);
        Assert.InRange(server.Address.Port, 1, 65535);
    }

    [Fact]
    public async Task Start_WithTls_ServesGrpcAndGrpcWebAtOnePort()
    {
        var directory = Directory.CreateTempSubdirectory("store-certificate");
        try
        {
            var kestrel = CertificateIn(directory.FullName);
            await using var server = await StartAsync("https://127.0.0.1:0", grpcWeb: true, kestrel);
            using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { HttpHandler = TrustingHandler() });
            using var http = new HttpClient(TrustingHandler()) { BaseAddress = server.GrpcWebAddress };

            var response = await new MetadataStoreService.MetadataStoreServiceClient(channel)
                .GetArtifactsByIDAsync(new GetArtifactsByIDRequest());
            using var page = await http.GetAsync(new Uri("/", UriKind.Relative));

            Assert.Empty(response.Artifacts);
            Assert.Equal(HttpVersion.Version11, page.Version);
            Assert.Equal(server.Address, server.GrpcWebAddress);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_WithTlsAndNoCertificateThere_NamesTheSetting()
    {
        var kestrel = Kestrel(new() { ["Certificates:Default:Path"] = "/nowhere/store.pfx" });

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("https://127.0.0.1:0", kestrel: kestrel));

        Assert.Contains("EmbeddedStore:Kestrel:Certificates:Default", failure.Message, StringComparison.Ordinal);
    }

    private static HttpClientHandler TrustingHandler() => new()
    {
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=store.example",
    };

    private static IConfiguration CertificateIn(string directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=store.example", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var path = Path.Combine(directory, "store.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "test"));
        return Kestrel(new() { ["Certificates:Default:Path"] = path, ["Certificates:Default:Password"] = "test" });
    }

    private static IConfiguration Kestrel(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
