using MetadataGateway.Errors;
using MetadataGateway.Lineage;
using Microsoft.Net.Http.Headers;

namespace MetadataGateway.Http;

/// <summary>
/// Compresses answers for clients that ask for it (gzip, br). The entity tag is that of the representation, however it is encoded, and every answer
/// that can be compressed says that it varies, to the caches of those who did not ask, too.
/// </summary>
internal static class Compression
{
    private static readonly string[] MediaTypes = ["application/json", ProblemWriter.ContentType, LineageFormat.Dot, LineageFormat.Mermaid];

    public static IServiceCollection AddCompression(this IServiceCollection services) =>
        services.AddResponseCompression(options =>
        {
            // The answers hold no secret that a length could give away beside what the caller sent.
            options.EnableForHttps = true;
            options.MimeTypes = MediaTypes;
        });

    public static WebApplication UseCompression(this WebApplication app)
    {
        app.Use(next => httpContext =>
        {
            httpContext.Response.OnStarting(static response => AddVary((HttpResponse)response), httpContext.Response);
            return next(httpContext);
        });
        app.UseResponseCompression();
        return app;
    }

    private static Task AddVary(HttpResponse response)
    {
        var isCompressible = response.StatusCode == StatusCodes.Status304NotModified
            || (MediaTypeHeaderValue.TryParse(response.ContentType, out var type) && MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase));
        if (isCompressible && !response.Headers.Vary.Contains(HeaderNames.AcceptEncoding, StringComparer.OrdinalIgnoreCase))
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }

        return Task.CompletedTask;
    }
}
