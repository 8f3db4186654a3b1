using MetadataGateway.Errors;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MetadataGateway.Http;

/// <summary>Decodes each path parameter exactly once, from the path as the client wrote it. Runs after routing, before the endpoint.</summary>
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
        var segments = RequestPath.Segments(RequestPath.Of(httpContext));
        for (var i = 0; i < pattern.PathSegments.Count && i < segments.Count; i++)
        {
            // Segments such as {id}:undelete hold ids only, which have no escapes worth the trouble.
            if (pattern.PathSegments[i] is { IsSimple: true, Parts: [RoutePatternParameterPart parameter] })
            {
                // A catch-all takes the rest of the path: its slashes may be raw or encoded.
                var text = parameter.IsCatchAll ? string.Join('/', segments.Skip(i)) : segments[i];
                httpContext.Request.RouteValues[parameter.Name] = Decode(httpContext, parameter.Name, text);
            }
        }
    }

    private static string Decode(HttpContext httpContext, string name, string segment)
    {
        if (PercentEncoding.TryDecode(segment, out var decoded))
        {
            return decoded;
        }

        // A malformed id names nothing, which is 404 and found out there; a malformed name is a fault.
        if (!name.EndsWith("Id", StringComparison.Ordinal))
        {
            RequestFaults.Of(httpContext).Add(new Fault(name, $"'{segment}' in the path {PercentEncoding.Fault}"));
        }

        return segment;
    }
}
