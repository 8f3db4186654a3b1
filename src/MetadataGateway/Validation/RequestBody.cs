using System.Reflection;
using System.Text.Json;
using FluentValidation;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;
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

    private RequestBody(T? value, string? hash) => (_value, Hash) = (value, hash);

    /// <summary>Of a request with an <c>Idempotency-Key</c>: equal for bodies that say the same.</summary>
    public string? Hash { get; }

    public T Value => _value ?? throw new InvalidOperationException("The body has faults; the request should have ended.");

    public static async ValueTask<RequestBody<T>?> BindAsync(HttpContext httpContext, ParameterInfo parameter)
    {
        var faults = RequestFaults.Of(httpContext);
        using var document = await JsonBody.ReadAsync(httpContext, faults);
        if (document is null)
        {
            return new RequestBody<T>(null, null);
        }

        var validator = httpContext.GetEndpoint()?.Metadata.GetMetadata<IValidator<T>>() ?? httpContext.RequestServices.GetService<IValidator<T>>();
        var value = JsonBody.Convert(document.RootElement, validator, faults);
        return new RequestBody<T>(value, IdempotencyKey.IsGiven(httpContext.Request) ? CanonicalJson.HashOf(document.RootElement) : null);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>
/// The body of a PATCH: a JSON merge patch (RFC 7396) whose members have the types of <typeparamref name="T"/>, or null, and keep the rules of
/// its validator if it has one. What it means is up to the resource, which knows the stored state.
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
            JsonBody.Convert(document.RootElement, httpContext.RequestServices.GetService<IValidator<T>>(), faults);
        }

        return new MergePatchBody<T>(document?.RootElement.Clone() ?? default);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/merge-patch+json", "application/json"], typeof(T)));
}

/// <summary>
/// Marks a validator whose rules hold for what a request changes, which only the resource can tell. A body that is refused anyway is judged as a
/// whole, so that the client gets all faults at once.
/// </summary>
internal interface IJudgesChanges;

internal static class JsonBody
{
    /// <summary>The parsed body, or null with the reason among the faults. Another content type than JSON is 415, too large 413.</summary>
    public static async Task<JsonDocument?> ReadAsync(HttpContext httpContext, ICollection<Fault> faults)
    {
        RequireJson(httpContext.Request);
        var body = await BoundedBody.ReadAsync(httpContext);
        var found = new List<JsonBodyFault>();
        if (StrictJsonBody.TryParse(body, out var document, found))
        {
            return document;
        }

        foreach (var fault in found)
        {
            faults.Add(new Fault(fault.Path, fault.Message));
        }

        return null;
    }

    /// <summary>The same without rules.</summary>
    public static T? Convert<T>(JsonElement json, ICollection<Fault> faults)
        where T : class => Convert<T>(json, validator: null, faults);

    /// <summary>The body as its record, with what does not fit it and what its rules forbid among the faults. Null when nothing can be made of it.</summary>
    public static T? Convert<T>(JsonElement json, IValidator<T>? validator, ICollection<Fault> faults)
        where T : class
    {
        var found = new List<(string Path, string Message)>();
        var value = StrictJsonReader.Read<T>(json, JsonConfiguration.Options, found);
        foreach (var (path, message) in found)
        {
            faults.Add(new Fault(path, message));
        }

        // A misspelt field changes nothing for the others, a value of a wrong type may.
        var unfit = new HashSet<string>(StringComparer.Ordinal);
        if (value is null && !TryRead(json, out value))
        {
            unfit.UnionWith(found.Select(fault => fault.Path));
            value = PartialJson.Read<T>(json, JsonConfiguration.Options, unfit);
        }

        if (value is not null && validator is not null && (validator is not IJudgesChanges || faults.Count > 0))
        {
            foreach (var failure in validator.Validate(value).Errors.Where(failure => !PartialJson.Affects(unfit, failure.PropertyName)))
            {
                faults.Add(new Fault(failure.PropertyName, failure.ErrorMessage));
            }
        }

        return value;
    }

    private static bool TryRead<T>(JsonElement json, out T? value)
        where T : class
    {
        try
        {
            value = json.Deserialize<T>(JsonConfiguration.Options);
            return value is not null;
        }
        catch (JsonException)
        {
            value = null;
            return false;
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
