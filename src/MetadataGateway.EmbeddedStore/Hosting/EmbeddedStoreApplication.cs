using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Hosting;

/// <summary>The web application that serves the store: its services, limits and routes.</summary>
internal static class EmbeddedStoreApplication
{
    /// <summary>How long calls under way may take to end when the server stops.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    // MLMD's server takes 4 MiB, gRPC's default. More does no harm: a client that works there works here.
    private const int MaxReceiveMessageSize = 100 * 1024 * 1024;

    public static WebApplication Build(
        MetadataStoreService.MetadataStoreServiceBase store,
        IReadOnlyList<GrpcEndpoint> endpoints,
        IConfiguration? kestrel,
        ILoggerFactory loggers)
    {
        // Empty, or the gateway's own settings (ASPNETCORE_URLS, Kestrel:Endpoints of appsettings.json) would count here a second time.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            if (kestrel is not null)
                server.Configure(kestrel);

            server.AddServerHeader = false;
            // The limit is that of gRPC messages, below.
            server.Limits.MaxRequestBodySize = null;
            foreach (var endpoint in endpoints)
                endpoint.Listen(server);
        });

        builder.Services.AddSingleton(store);
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxReceiveMessageSize;
            // MLMD answers a list without options with everything there is.
            grpc.MaxSendMessageSize = null;
        });
        builder.Services.AddGrpcReflection();
        // The service of health checks answers UNKNOWN for a name without a check.
        builder.Services
            .AddGrpcHealthChecks(health => health.Services.Map(MetadataStoreService.Descriptor.FullName, _ => true))
            .AddCheck("self", () => HealthCheckResult.Healthy());
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(AllowBrowsers));

        return Map(builder.Build(), grpcWeb: endpoints.Any(endpoint => endpoint.SpeaksGrpcWeb));
    }

    private static WebApplication Map(WebApplication application, bool grpcWeb)
    {
        application.UseRouting();
        if (grpcWeb)
        {
            application.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
            application.UseCors();
        }

        application.MapGrpcService<MetadataStoreService.MetadataStoreServiceBase>();
        application.MapGrpcHealthChecksService();
        application.MapGrpcReflectionService();
        return application;
    }

    // Any page may call, as with the proxy that Kubeflow puts in front of MLMD for its user interface: there are no cookies or other
    // credentials that a page could abuse.
    private static void AllowBrowsers(CorsPolicyBuilder policy) => policy
        .AllowAnyOrigin()
        .AllowAnyHeader()
        .WithMethods("POST")
        .WithExposedHeaders("Grpc-Status", "Grpc-Message", "Grpc-Encoding", "Grpc-Accept-Encoding", "Grpc-Status-Details-Bin")
        .SetPreflightMaxAge(TimeSpan.FromHours(1));
}
