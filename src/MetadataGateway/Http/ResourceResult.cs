using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MetadataGateway.Http;

/// <summary>Answers one resource: status, entity tag in header and body, <c>Location</c> after a create, 304 for a GET that has it already.</summary>
internal sealed class ResourceResult<T> : IResult, IEndpointMetadataProvider
    where T : class, IResource
{
    private readonly T? _resource;
    private readonly MinimalResult? _minimal;
    private readonly int _status;
    private readonly string? _location;

    private ResourceResult(T resource, int status, string? location = null) =>
        (_resource, _status, _location) = (resource, status, location);

    private ResourceResult(MinimalResult minimal) => _minimal = minimal;

    public static ResourceResult<T> Ok(T resource) => new(resource, StatusCodes.Status200OK);

    /// <summary>201 for something new, 200 for something that was there; both say where it is.</summary>
    public static ResourceResult<T> Created(T resource, string location, bool isNew) =>
        new(resource, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, location);

    /// <summary>Ids only, for a client that prefers it so.</summary>
    public static ResourceResult<T> Minimal(MinimalResource resource, string? location = null, bool isNew = false) =>
        new(new MinimalResult(resource, location, isNew));

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (_resource is null)
        {
            await _minimal!.ExecuteAsync(httpContext);
            return;
        }

        var response = httpContext.Response;
        var etag = _resource.Etag ?? EntityTag.Set(_resource).Etag!;
        response.Headers.ETag = etag;
        if (_location is not null)
        {
            response.Headers.Location = _location;
        }

        var isRead = HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method);
        if (isRead && EntityTag.IsNoneMatchHit(httpContext.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = _status;
        await response.WriteAsJsonAsync<T>(_resource, JsonConfiguration.Options, contentType: null, httpContext.RequestAborted);
    }
}
