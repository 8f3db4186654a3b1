using OpenTelemetry.Metrics;

namespace MetadataGateway.Operations;

internal static class Telemetry
{
    /// <summary>Metrics of requests and runtime at <c>/metrics</c>, for Prometheus.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter());
        return services;
    }
}
