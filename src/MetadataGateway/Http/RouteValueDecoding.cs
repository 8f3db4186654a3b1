using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MetadataGateway.Http;

/// <summary>
/// Decodes each path parameter exactly once. Kestrel's decoded path cannot tell <c>team%2Fvision</c> from <c>team%252Fvision</c>; the raw
/// request target can. Runs after routing, before the endpoint.
/// </summary>
internal static class RouteValueDecoding
{
    public static WebApplication UseRouteValueDecoding(this WebApplication app)
    {
        app.Use(next => httpContext =>
        {
            if (httpContext.GetEndpoint() is RouteEndpoint { RoutePattern: var pattern } && pattern.Parameters.Count > 0)
            {
                Decode(httpContext, pattern);
            }

            return next(httpContext);
        });
        return app;
    }

    private static void Decode(HttpContext httpContext, RoutePattern pattern)
    {
        var target = httpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?', 2)[0];
        var start = path.StartsWith('/') ? 1 : path.IndexOf('/', Math.Max(path.IndexOf("://", StringComparison.Ordinal) + 3, 0)) + 1;
        var segments = path[start..].Split('/');
        for (var i = 0; i < pattern.PathSegments.Count && i < segments.Length; i++)
        {
            // Segments such as {id}:undelete hold ids only, which have no escapes worth the trouble.
            if (pattern.PathSegments[i] is { IsSimple: true, Parts: [RoutePatternParameterPart { IsCatchAll: false } parameter] })
            {
                httpContext.Request.RouteValues[parameter.Name] = Uri.UnescapeDataString(segments[i]);
            }
        }
    }
}
