namespace MetadataGateway.MetadataStore;

/// <summary>Before any request of the API: what MLMD can do is known, and the gateway may use it.</summary>
internal static class StoreGate
{
    public static WebApplication UseStoreGate(this WebApplication app)
    {
        app.Use(async (HttpContext httpContext, RequestDelegate next) =>
        {
            if (httpContext.GetEndpoint() is not null && httpContext.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            {
                var probe = httpContext.RequestServices.GetRequiredService<StoreProbe>();
                StoreLimits.Apply(await probe.GetAsync(httpContext.RequestAborted));
                probe.RequireAllowed();
            }

            await next(httpContext);
        });
        return app;
    }
}
