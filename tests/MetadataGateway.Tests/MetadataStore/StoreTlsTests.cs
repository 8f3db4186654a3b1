using System.Net;
using System.Security.Cryptography.X509Certificates;
using MetadataGateway.Tests.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MetadataGateway.Tests.MetadataStore;

/// <summary>TLS to MLMD with the SDK's three PEM files, from an authority that no machine knows.</summary>
public sealed class StoreTlsTests : IDisposable
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/secure";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("metadata-gateway-tls");
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;
    private readonly X509Certificate2 _server;
    private readonly string _rootFile;
    private readonly string _chainFile;
    private readonly string _keyFile;

    public StoreTlsTests()
    {
        _root = TestCertificates.CreateAuthority("CN=Test root");
        _intermediate = TestCertificates.CreateAuthority("CN=Test intermediate", _root);
        _server = TestCertificates.Issue("CN=mlmd", _root, "1.3.6.1.5.5.7.3.1");
        using var client = TestCertificates.Issue("CN=gateway", _intermediate, "1.3.6.1.5.5.7.3.2");
        _rootFile = Write("root.pem", _root.ExportCertificatePem());
        _chainFile = Write("client.pem", $"{client.ExportCertificatePem()}\n{_intermediate.ExportCertificatePem()}");
        _keyFile = Write("client.key", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
        _server.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Https_WithItsAuthority_Works()
    {
        await using var store = await StoreServer.StartAsync(tls: new() { ServerCertificate = _server });
        await using var gateway = Gateway(store).With("MetadataStore:RootCertificates", _rootFile);
        await gateway.BecomesReady();

        var answer = await gateway.Client.PutJson(Workspace, "{}");

        answer.Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Https_WithoutItsAuthority_Returns503WithoutReason()
    {
        await using var store = await StoreServer.StartAsync(tls: new() { ServerCertificate = _server });
        await using var gateway = Gateway(store);

        var answer = await gateway.Client.GetJson(Workspace);

        answer.ExpectProblem(HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain("certificate", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task MutualTls_WithCertificateAndIntermediate_Works()
    {
        await using var store = await StoreServer.StartAsync(tls: MutualTls());
        await using var gateway = Gateway(store).With("MetadataStore:RootCertificates", _rootFile)
            .With("MetadataStore:CertificateChain", _chainFile).With("MetadataStore:PrivateKey", _keyFile);
        await gateway.BecomesReady();

        var answer = await gateway.Client.PutJson(Workspace, "{}");

        answer.Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task MutualTls_WithoutCertificate_Returns503()
    {
        await using var store = await StoreServer.StartAsync(tls: MutualTls());
        await using var gateway = Gateway(store).With("MetadataStore:RootCertificates", _rootFile);

        var answer = await gateway.Client.GetJson(Workspace);

        answer.ExpectProblem(HttpStatusCode.ServiceUnavailable);
    }

    // The server knows the root alone: the client has to send what lies between.
    private HttpsConnectionAdapterOptions MutualTls() => new()
    {
        ServerCertificate = _server,
        ClientCertificateMode = ClientCertificateMode.RequireCertificate,
        ClientCertificateValidation = (certificate, chain, _) =>
        {
            using var check = new X509Chain();
            check.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            check.ChainPolicy.CustomTrustStore.Add(_root);
            check.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            check.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
            return check.Build(certificate);
        },
    };

    private static GatewayFactory Gateway(StoreServer store) => GatewayFactory.For(store.Address);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
