namespace MetadataGateway.Http;

/// <summary>
/// HEAD wherever GET is offered: the request is handled as a GET, headers, conditions and all, and the server leaves the body out, which it decides
/// by what the client sent.
/// </summary>
internal static class HeadRequests
{
    public static WebApplication UseHeadRequests(this WebApplication app)
    {
        app.Use(next => httpContext => HttpMethods.IsHead(httpContext.Request.Method) ? AsGet(httpContext, next) : next(httpContext));
        return app;
    }

    /// <summary>Names HEAD beside GET among the methods of a 405.</summary>
    public static void AddToAllow(HttpResponse response)
    {
        var allowed = response.Headers.Allow.ToString().Split(", ");
        if (allowed.Contains(HttpMethods.Get) && !allowed.Contains(HttpMethods.Head))
        {
            response.Headers.Allow = string.Join(", ", allowed.Append(HttpMethods.Head));
        }
    }

    private static async Task AsGet(HttpContext httpContext, RequestDelegate next)
    {
        httpContext.Request.Method = HttpMethods.Get;
        try
        {
            await next(httpContext);
        }
        finally
        {
            httpContext.Request.Method = HttpMethods.Head;
        }
    }
}
