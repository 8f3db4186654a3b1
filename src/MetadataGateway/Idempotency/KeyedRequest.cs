using System.Security.Cryptography;
using System.Text.Json;
using MetadataGateway.Artifacts;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Idempotency;

/// <summary>A request that has an <c>Idempotency-Key</c>.</summary>
internal sealed class KeyedRequest
{
    private readonly HttpResponse _response;

    private KeyedRequest(string externalId, string fingerprint, HttpResponse response) => (ExternalId, Fingerprint, _response) = (externalId, fingerprint, response);

    /// <summary>Hash of key, method and path: the external id of the marker, so that MLMD itself lets one of two win.</summary>
    public string ExternalId { get; }

    /// <summary>Hash of body and query: what a repeat has to have in common with the first.</summary>
    public string Fingerprint { get; }

    public static KeyedRequest Of(HttpContext httpContext, string key, string bodyHash)
    {
        var request = httpContext.Request;
        // However the client writes the escapes of the path, and whatever the order of the parameters.
        var path = RequestPath.Segments(RequestPath.Of(httpContext)).Where(segment => segment.Length > 0)
            .Select(segment => PercentEncoding.TryDecode(segment, out var decoded) ? decoded : segment);
        var query = request.Query.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).SelectMany(parameter => new[] { parameter.Key, parameter.Value.ToString() });
        return new KeyedRequest(
            KubeflowPropertyNames.ReservedPrefix + HashOf([request.Method, .. path, key]), HashOf([bodyHash, .. query]), httpContext.Response);
    }

    /// <summary>Has the marker say what became of the artifacts of the request, in its order.</summary>
    public KeyedWrite With(IReadOnlyList<PlannedArtifact> places) => new(this, places);

    /// <summary>Tells the client that the answer is that of a request before.</summary>
    public void ShowReplay() => _response.Headers[IdempotencyKey.ReplayedHeader] = "true";

    private static string HashOf(IReadOnlyList<string> texts) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(texts)));
}

/// <summary>A write that takes the request's key with it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Places">Its artifacts in order, those left out that it names by id.</param>
internal sealed record KeyedWrite(KeyedRequest Request, IReadOnlyList<PlannedArtifact> Places);
