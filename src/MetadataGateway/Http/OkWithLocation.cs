using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MetadataGateway.Http;

/// <summary>200 for something that was there, and where it is.</summary>
internal sealed class OkWithLocation<T>(string? location, T value) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (location is not null)
        {
            httpContext.Response.Headers.Location = location;
        }

        return TypedResults.Ok(value).ExecuteAsync(httpContext);
    }
}
