using MetadataGateway.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>What successful answers say besides their body: what the status means here, the entity tag, and where the resource is.</summary>
internal static class ResponseHeaders
{
    public static void AddTo(OpenApiOperation operation, ApiDescription description)
    {
        foreach (var answer in description.SupportedResponseTypes)
        {
            var status = $"{answer.StatusCode}";
            if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse response)
            {
                continue;
            }

            var isResource = typeof(IResource).IsAssignableFrom(answer.Type);
            response.Description = Describe(answer.StatusCode, description.HttpMethod, operation) ?? response.Description;
            if (isResource || answer.StatusCode == StatusCodes.Status304NotModified)
            {
                Add(response, "ETag", "The strong entity tag, the same as 'etag' in the body.");
            }

            if (answer.StatusCode == StatusCodes.Status201Created || (answer.StatusCode == StatusCodes.Status200OK && isResource && description.HttpMethod is "POST" or "PUT"))
            {
                Add(response, "Location", "Path of the resource.");
            }
        }
    }

    public static void Add(OpenApiResponse response, string name, string description)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static string? Describe(int status, string? method, OpenApiOperation operation) => (status, method) switch
    {
        (StatusCodes.Status201Created, _) => "It is new.",
        (StatusCodes.Status200OK, "PUT") => "It was there, and is as declared now.",
        (StatusCodes.Status200OK, "POST") when operation.Responses!.ContainsKey("201") => "It was there.",
        (StatusCodes.Status200OK, "PATCH") => "As it is now.",
        (StatusCodes.Status200OK, "GET") => "As it is stored.",
        (StatusCodes.Status304NotModified, _) => "The client has it: If-None-Match names its entity tag. No body.",
        _ => null,
    };
}
