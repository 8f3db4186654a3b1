namespace MetadataGateway.Http;

/// <summary>
/// Paths with a verb (<c>/artifacts/{artifactId}:undelete</c>) match the pattern of the resource, too, so that routing alone cannot tell a method
/// that is not offered from an id that does not exist. Both patterns say themselves what they offer.
/// </summary>
internal static class OfferedMethods
{
    /// <summary>Answers 405 on the path for all methods that have no endpoint of their own.</summary>
    public static void OfferOnly(this IEndpointRouteBuilder routes, string pattern, params string[] offered)
    {
        var allow = string.Join(", ", offered);
        routes.Map(pattern, httpContext =>
        {
            if (offered.Contains(httpContext.Request.Method))
            {
                // Its own endpoint refused only the content type of the body.
                httpContext.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                return Task.CompletedTask;
            }

            httpContext.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            httpContext.Response.Headers.Allow = allow;
            return Task.CompletedTask;
        }).ExcludeFromDescription();
    }
}
