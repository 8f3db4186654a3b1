using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using MetadataGateway.Errors;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MetadataGateway.Http;

/// <summary>Strong entity tags: a hash of the JSON representation, so that every replica and every restart gives the same one.</summary>
internal static class EntityTag
{
    /// <summary>Fills in <see cref="IResource.Etag"/> and returns it.</summary>
    public static T Set<T>(T resource)
        where T : class, IResource
    {
        resource.Etag = null;
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<object>(resource, JsonConfiguration.Options));
        resource.Etag = $"\"{Convert.ToHexStringLower(hash, 0, 12)}\"";
        return resource;
    }

    /// <summary>Tells malformed precondition headers of a PUT, PATCH or DELETE together with all other faults; a GET has nothing else to tell.</summary>
    public static void CheckHeaders(HttpRequest request, ICollection<Fault> faults)
    {
        if (HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method) || HttpMethods.IsDelete(request.Method))
        {
            CheckHeader(request.Headers.IfMatch, HeaderNames.IfMatch, faults);
        }

        if (HttpMethods.IsPut(request.Method))
        {
            CheckHeader(request.Headers.IfNoneMatch, HeaderNames.IfNoneMatch, faults);
        }
    }

    /// <summary>Ends the request with 412 when <c>If-Match</c> is given and none of its tags is <paramref name="current"/>, null for "does not exist".</summary>
    public static void RequireMatch(HttpRequest request, string? current)
    {
        if (Parse(request.Headers.IfMatch, HeaderNames.IfMatch) is { } tags && !tags.Any(tag => Matches(tag, current, weak: false)))
        {
            throw new ProblemException(
                ProblemType.PreconditionFailed, current is null ? "The resource does not exist yet." : $"The resource has changed: its ETag is {current}.");
        }
    }

    /// <summary>Ends the request with 412 when <c>If-None-Match</c> excludes the present state (<c>*</c> with an existing resource).</summary>
    public static void RequireNoneMatch(HttpRequest request, string? current)
    {
        if (current is not null && IsNoneMatchHit(request, current))
        {
            throw new ProblemException(ProblemType.PreconditionFailed, $"The resource exists; its ETag is {current}.");
        }
    }

    /// <summary>Whether <c>If-None-Match</c> names the tag: a GET then answers 304.</summary>
    public static bool IsNoneMatchHit(HttpRequest request, string current) =>
        Parse(request.Headers.IfNoneMatch, HeaderNames.IfNoneMatch) is { } tags && tags.Any(tag => Matches(tag, current, weak: true));

    private static bool Matches(EntityTagHeaderValue tag, string? current, bool weak) =>
        current is not null && (tag.Equals(EntityTagHeaderValue.Any) || (tag.Tag.Value == current && (weak || !tag.IsWeak)));

    private static void CheckHeader(StringValues values, string header, ICollection<Fault> faults)
    {
        if (values.Count > 0 && !TryParse(values, out _))
        {
            faults.Add(Malformed(header));
        }
    }

    private static IList<EntityTagHeaderValue>? Parse(StringValues values, string header)
    {
        if (values.Count == 0)
        {
            return null;
        }

        return TryParse(values, out var tags) ? tags : throw ProblemException.Invalid([Malformed(header)]);
    }

    // '*' stands alone (RFC 9110, 13.1.1); the parser of the framework takes it among tags.
    private static bool TryParse(StringValues values, [NotNullWhen(true)] out IList<EntityTagHeaderValue>? tags) =>
        EntityTagHeaderValue.TryParseStrictList(values!, out tags) && tags.Count > 0 && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any));

    private static Fault Malformed(string header) => new(header, "must be a list of entity tags in double quotes, or *.");
}
