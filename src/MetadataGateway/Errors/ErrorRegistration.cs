using MetadataGateway.Http;

namespace MetadataGateway.Errors;

internal static class ErrorRegistration
{
    public static IServiceCollection AddGatewayErrors(this IServiceCollection services) =>
        services.AddExceptionHandler<GatewayExceptionHandler>();

    /// <summary>Exceptions, and the bodiless 404, 405 and 415 that routing itself answers with, become problem+json.</summary>
    public static WebApplication UseGatewayErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true, ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(context => WriteRoutingProblem(context.HttpContext));
        return app;
    }

    private static Task WriteRoutingProblem(HttpContext httpContext)
    {
        var request = httpContext.Request;
        HeadRequests.AddToAllow(httpContext.Response);
        (ProblemType Type, string Detail)? problem = httpContext.Response.StatusCode switch
        {
            400 => (ProblemType.Validation, "The request is malformed."),
            404 => (ProblemType.NotFound, $"There is no '{RequestPath.Of(httpContext)}'."),
            405 => (ProblemType.MethodNotAllowed, $"{request.Method} is not offered on '{RequestPath.Of(httpContext)}'; Allow: {httpContext.Response.Headers.Allow}."),
            415 => (ProblemType.UnsupportedMediaType, "Send the body with content type application/json (curl: --json, or -H 'Content-Type: application/json')."),
            _ => null,
        };
        return problem is { } p ? ProblemWriter.WriteAsync(httpContext, p.Type, p.Detail, []) : Task.CompletedTask;
    }
}
