using System.Text.Json.Serialization;

namespace MetadataGateway.Http;

/// <summary>The ids of what was written: of the resource, and of an execution's inputs and outputs.</summary>
internal sealed record MinimalResource(string Id)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MinimalReference>? Inputs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MinimalReference>? Outputs { get; init; }

    public static MinimalResource Of(long id) => new(ResourceId.Format(id));
}

internal sealed record MinimalReference(string ArtifactId);

internal sealed record MinimalLink(string ArtifactId, string? Key);

internal sealed record MinimalBatch(IReadOnlyList<MinimalResource> Items);

/// <summary>The answer to a client that prefers ids only. Nothing is read back for it, so it has no entity tag.</summary>
internal sealed class MinimalResult(object body, string? location, bool isNew) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers[ReturnPreference.AppliedHeader] = ReturnPreference.Minimal;
        if (location is not null)
        {
            response.Headers.Location = location;
        }

        response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return response.WriteAsJsonAsync(body, body.GetType(), JsonConfiguration.Options, contentType: null, httpContext.RequestAborted);
    }
}
