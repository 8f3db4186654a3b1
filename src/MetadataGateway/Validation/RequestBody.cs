using System.Reflection;
using System.Text.Json;
using FluentValidation;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace MetadataGateway.Validation;

/// <summary>
/// A JSON body, read strictly: unknown fields, duplicate keys, wrong types and broken UTF-8 are faults, all collected at once, and so are those
/// of the FluentValidation validator of <typeparamref name="T"/>, the route's own before the general one. <see cref="Value"/> is only looked at when there are none.
/// </summary>
internal sealed class RequestBody<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;

    private RequestBody(T? value) => _value = value;

    public T Value => _value ?? throw new InvalidOperationException("The body has faults; the request should have ended.");

    public static async ValueTask<RequestBody<T>?> BindAsync(HttpContext httpContext, ParameterInfo parameter)
    {
        var faults = RequestFaults.Of(httpContext);
        using var document = await JsonBody.ReadAsync(httpContext, faults);
        if (document is null)
        {
            return new RequestBody<T>(null);
        }

        var value = JsonBody.Convert<T>(document.RootElement, faults);
        var validator = httpContext.GetEndpoint()?.Metadata.GetMetadata<IValidator<T>>() ?? httpContext.RequestServices.GetService<IValidator<T>>();
        if (value is not null && validator is not null)
        {
            foreach (var failure in validator.Validate(value).Errors)
            {
                faults.Add(new Fault(failure.PropertyName, failure.ErrorMessage));
            }
        }

        return new RequestBody<T>(value);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>
/// The body of a PATCH: a JSON merge patch (RFC 7396) whose members have the types of <typeparamref name="T"/>, or null. What it means is up to
/// the resource, which knows the stored state.
/// </summary>
internal sealed class MergePatchBody<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private MergePatchBody(JsonElement patch) => Patch = patch;

    public JsonElement Patch { get; }

    public static async ValueTask<MergePatchBody<T>?> BindAsync(HttpContext httpContext, ParameterInfo parameter)
    {
        var faults = RequestFaults.Of(httpContext);
        using var document = await JsonBody.ReadAsync(httpContext, faults);
        if (document is not null)
        {
            JsonBody.Convert<T>(document.RootElement, faults);
        }

        return new MergePatchBody<T>(document?.RootElement.Clone() ?? default);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/merge-patch+json", "application/json"], typeof(T)));
}

internal static class JsonBody
{
    /// <summary>The parsed body, or null with the reason among the faults. Another content type than JSON is 415, too large 413.</summary>
    public static async Task<JsonDocument?> ReadAsync(HttpContext httpContext, ICollection<Fault> faults)
    {
        RequireJson(httpContext.Request);
        using var buffer = new MemoryStream();
        await httpContext.Request.Body.CopyToAsync(buffer, httpContext.RequestAborted);
        var found = new List<JsonBodyFault>();
        if (StrictJsonBody.TryParse(buffer.ToArray(), out var document, found))
        {
            return document;
        }

        foreach (var fault in found)
        {
            faults.Add(new Fault(fault.Path, fault.Message));
        }

        return null;
    }

    public static T? Convert<T>(JsonElement json, ICollection<Fault> faults)
        where T : class
    {
        var found = new List<(string Path, string Message)>();
        var value = StrictJsonReader.Read<T>(json, JsonConfiguration.Options, found);
        foreach (var (path, message) in found)
        {
            faults.Add(new Fault(path, message));
        }

        return value ?? ReadDespiteFaults<T>(json);
    }

    // A misspelt field must not keep the validator from telling what else is wrong.
    private static T? ReadDespiteFaults<T>(JsonElement json)
        where T : class
    {
        try
        {
            return json.Deserialize<T>(JsonConfiguration.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void RequireJson(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
            && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
        if (!isJson)
        {
            throw new ProblemException(
                ProblemType.UnsupportedMediaType,
                $"The content type '{request.ContentType}' is not JSON. With curl, send the body with --json, or add -H 'Content-Type: application/json'.");
        }
    }
}
