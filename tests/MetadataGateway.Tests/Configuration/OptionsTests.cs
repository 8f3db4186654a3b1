using MetadataGateway.MetadataStore;
using MetadataGateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MetadataGateway.Tests.Configuration;

/// <summary>The range of every setting that has one. A bad value is told before the first request, with its key.</summary>
public sealed class OptionsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("metadata-gateway-options");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("MetadataStore:Address", "ftp://mlmd:8080")]
    [InlineData("MetadataStore:Address", "http://user:secret@mlmd:8080")]
    [InlineData("MetadataStore:Address", "http://mlmd:8080?x=1")]
    [InlineData("MetadataStore:Address", "localhost")]
    [InlineData("MetadataStore:Deadline", "-00:00:01")]
    [InlineData("MetadataStore:Deadline", "10")]
    [InlineData("MetadataStore:Deadline", "01:00:01")]
    [InlineData("MetadataStore:MaxMessageSize", "1048575")]
    [InlineData("Limits:RequestBody", "1023")]
    [InlineData("Limits:RequestBody", "1073741825")]
    [InlineData("Limits:ScanBudget", "0")]
    [InlineData("Limits:ScanBudget", "1000001")]
    [InlineData("MetadataStore:RootCertificates", "/nowhere/root.pem")]
    public void Start_WithAValueOutOfRange_FailsWithTheKey(string key, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Start((key, value)));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MetadataStore:Deadline", "00:00:00.001")]
    [InlineData("MetadataStore:Deadline", "01:00:00")]
    [InlineData("MetadataStore:MaxMessageSize", "1048576")]
    [InlineData("Limits:RequestBody", "1024")]
    [InlineData("Limits:ScanBudget", "1")]
    public void Start_AtTheEndsOfARange_Works(string key, string value) => Start((key, value));

    [Theory]
    [InlineData("RootCertificates", "https://mlmd:8080", null)]
    [InlineData("RootCertificates", "https://mlmd:8080", "no certificate")]
    [InlineData("RootCertificates", "http://mlmd:8080", "no certificate")]
    [InlineData("PrivateKey", "https://mlmd:8080", "no key")]
    [InlineData("CertificateChain", "https://mlmd:8080", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void Start_WithAnUnusablePemFile_FailsWithTheKey(string name, string address, string? content)
    {
        var path = Path.Combine(_directory.FullName, "file.pem");
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        var failure = Assert.Throws<OptionsValidationException>(() => Start(("MetadataStore:Address", address), ($"MetadataStore:{name}", path)));

        Assert.Contains($"MetadataStore:{name}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithAKeyOfAnotherCertificate_FailsWithTheKey()
    {
        using var first = TestCertificates.CreateAuthority("CN=first");
        using var second = TestCertificates.CreateAuthority("CN=second");
        var (chain, key) = (Path.Combine(_directory.FullName, "chain.pem"), Path.Combine(_directory.FullName, "key.pem"));
        File.WriteAllText(chain, first.ExportCertificatePem());
        File.WriteAllText(key, System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(second)!.ExportPkcs8PrivateKeyPem());

        var failure = Assert.Throws<OptionsValidationException>(() => Start(
            ("MetadataStore:Address", "https://mlmd:8080"), ("MetadataStore:CertificateChain", chain), ("MetadataStore:PrivateKey", key)));

        Assert.Contains("MetadataStore:PrivateKey", failure.Message, StringComparison.Ordinal);
    }

    // What the host does with the settings before anything else.
    private static void Start(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddMetadataStore().AddApi();
        using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }
}
