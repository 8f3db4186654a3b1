using Microsoft.AspNetCore.Http.Features;

namespace MetadataGateway.Http;

/// <summary>
/// The path as the client wrote it, escapes and all. Kestrel's own <see cref="HttpRequest.Path"/> is decoded, but for <c>%2F</c>, and so cannot
/// tell <c>team%2Fvision</c> from <c>team%252Fvision</c>.
/// </summary>
internal static class RequestPath
{
    public static string Of(HttpContext httpContext)
    {
        var target = httpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?', 2)[0];
        if (path.StartsWith('/'))
        {
            return path;
        }

        // The absolute form of proxies: http://host/path.
        var authority = path.IndexOf("://", StringComparison.Ordinal) + 3;
        var start = authority < 3 ? -1 : path.IndexOf('/', authority);
        return start < 0 ? "/" : path[start..];
    }

    /// <summary>The segments still encoded, without those that <c>.</c> and <c>..</c> take away: one for one those that were routed by.</summary>
    public static IReadOnlyList<string> Segments(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/').Skip(1))
        {
            switch (segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase))
            {
                case ".":
                    break;
                case "..":
                    if (segments.Count > 0)
                    {
                        segments.RemoveAt(segments.Count - 1);
                    }

                    break;
                default:
                    segments.Add(segment);
                    break;
            }
        }

        return segments;
    }
}
