using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using MlMetadata;

namespace MetadataGateway.Tests.Hosting;

/// <summary>
/// The whole gateway on a real Kestrel at a free port of the loopback, with an embedded store of its own: one per test class, so that no test
/// sees another class's records.
/// </summary>
public sealed class GatewayFactory : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> _settings = new()
    {
        ["EmbeddedStore:DatabasePath"] = ":memory:",
        ["EmbeddedStore:GrpcUrl"] = "",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    public GatewayFactory() => UseKestrel(0);

    /// <summary>A client with the gateway's address as base.</summary>
    public HttpClient Client
    {
        get
        {
            StartServer();
            return field ??= CreateClient();
        }
    }

    /// <summary>The gateway's own seam to MLMD, to look at and to prepare what is stored.</summary>
    internal MetadataStoreService.MetadataStoreServiceClient Store
    {
        get
        {
            StartServer();
            return Services.GetRequiredService<MetadataStoreService.MetadataStoreServiceClient>();
        }
    }

    /// <summary>Sets a configuration key before the first use.</summary>
    public GatewayFactory With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }
}
