using System.Reflection;
using MetadataGateway.Errors;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Http.Metadata;

namespace MetadataGateway.Idempotency;

/// <summary>
/// The header <c>Idempotency-Key</c>, by which a client names its request so that a repeat of it records nothing twice. It is taken with every POST;
/// those that have it as a parameter obey it, the others are idempotent by name as they are.
/// </summary>
internal sealed class IdempotencyKey : IEndpointParameterMetadataProvider
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    public const int MaxLength = 128;

    private readonly HttpContext _httpContext;

    private IdempotencyKey(HttpContext httpContext) => _httpContext = httpContext;

    public static ValueTask<IdempotencyKey?> BindAsync(HttpContext httpContext, ParameterInfo parameter) =>
        ValueTask.FromResult<IdempotencyKey?>(new IdempotencyKey(httpContext));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new Offer());

    public static bool IsGiven(HttpRequest request) => request.Headers.ContainsKey(Header);

    /// <summary>Tells a malformed key together with all other faults.</summary>
    public static void CheckHeader(HttpRequest request, ICollection<Fault> faults)
    {
        if (HttpMethods.IsPost(request.Method) && request.Headers.TryGetValue(Header, out var values)
            && (values is not [{ Length: > 0 and <= MaxLength } key] || key.Any(character => character is < '!' or > '~')))
        {
            faults.Add(new Fault(Header, $"must be 1 to {MaxLength} visible ASCII characters, given once."));
        }
    }

    /// <summary>The request with its key; null when it has none.</summary>
    public KeyedRequest? Of<T>(RequestBody<T> body)
        where T : class =>
        body.Hash is { } hash ? KeyedRequest.Of(_httpContext, _httpContext.Request.Headers[Header].ToString(), hash) : null;

    /// <summary>Marks the operations that obey the key.</summary>
    internal sealed record Offer;
}
