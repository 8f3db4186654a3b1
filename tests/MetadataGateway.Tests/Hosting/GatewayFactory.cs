using Grpc.Core.Interceptors;
using MetadataGateway.Adoption;
using MetadataGateway.MetadataStore;
using MetadataGateway.Tests.Profiles;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
        // Not by UseKestrel(0), which sets the port while the host may be starting already.
        ["urls"] = "http://127.0.0.1:0",
        ["EmbeddedStore:DatabasePath"] = ":memory:",
        ["EmbeddedStore:GrpcUrl"] = "",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    private readonly List<Action<IServiceCollection>> _services = [];
    private bool _adoptsInBackground;

    public GatewayFactory() => UseKestrel();

    /// <summary>A gateway in front of an MLMD server instead of a store of its own.</summary>
    public static GatewayFactory For(Uri store) => new GatewayFactory().With("MetadataStore:Address", store.ToString());

    /// <summary>A client with the gateway's address as base.</summary>
    public HttpClient Client
    {
        get
        {
            StartServer();
            return field ??= CreateClient();
        }
    }

    /// <summary>
    /// The gateway's own seam to MLMD, to look at and to prepare what is stored: without the habits of a profile, which are the gateway's to live with.
    /// </summary>
    internal MetadataStoreService.MetadataStoreServiceClient Store
    {
        get
        {
            StartServer();
            return field ??= Profile == MlmdProfile.Embedded || Services.GetService<EmbeddedStoreHost>() is not { } host
                ? Services.GetRequiredService<MetadataStoreService.MetadataStoreServiceClient>()
                : CreateCountedClient(Services, host.Store);
        }
    }

    /// <summary>The MLMD that the gateway believes to have behind it, when it has a store of its own.</summary>
    internal MlmdProfile Profile { get; set; } = MlmdProfile.Current;

    /// <summary>The calls that the gateway (and the test, through <see cref="Store"/>) makes to the embedded store.</summary>
    internal StoreCalls Calls { get; } = new();

    /// <summary>Sets a configuration key before the first use.</summary>
    public GatewayFactory With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Waits until a gateway in front of a store of its own process is ready to serve.</summary>
    public async Task BecomesReady()
    {
        for (var patience = 300; !(await Client.GetAsync("/readyz")).IsSuccessStatusCode; patience--)
        {
            Assert.True(patience > 0, "The gateway did not become ready.");
            await Task.Delay(100);
        }
    }

    /// <summary>
    /// With the adoption of other clients' records that goes on by itself. Without, which is the default here, only requests adopt, so that a test
    /// knows what is stored and what was called.
    /// </summary>
    public GatewayFactory WithBackgroundAdoption()
    {
        _adoptsInBackground = true;
        return this;
    }

    /// <summary>Replaces services before the first use, to make happen what no request can.</summary>
    public GatewayFactory WithServices(Action<IServiceCollection> configure)
    {
        _services.Add(configure);
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (Profile.IsPostgreSql)
        {
            _settings.TryAdd("MetadataStore:AllowPostgreSql", "true");
        }

        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IStartupFilter, CalledOperations>();
            if (!_settings.ContainsKey("MetadataStore:Address"))
            {
                services.AddSingleton(provider => CreateCountedClient(provider));
            }

            if (!_adoptsInBackground)
            {
                services.Remove(services.Single(service => service.ImplementationType == typeof(BackgroundAdoption)));
            }

            foreach (var configure in _services)
            {
                configure(services);
            }
        });
    }

    // As the gateway makes it, with the calls written down where they reach the store.
    private MetadataStoreService.MetadataStoreServiceClient CreateCountedClient(IServiceProvider provider) =>
        CreateCountedClient(provider, Profile.Wrap(provider.GetRequiredService<EmbeddedStoreHost>().Store));

    private MetadataStoreService.MetadataStoreServiceClient CreateCountedClient(
        IServiceProvider provider, MetadataStoreService.MetadataStoreServiceBase store) => new(
        new InProcessCallInvoker(
            store, provider.GetRequiredService<IOptions<MetadataStoreOptions>>().Value.MaxMessageSize,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<InProcessCallInvoker>>())
        .Intercept(Calls).Intercept(provider.GetRequiredService<StoreCallInterceptor>()).Intercept(provider.GetRequiredService<PostgreSqlGuard>()));
}
