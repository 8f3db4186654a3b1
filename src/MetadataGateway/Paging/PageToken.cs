using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MetadataGateway.Errors;

namespace MetadataGateway.Paging;

/// <summary>
/// Where a list goes on: MLMD's own token for one of its pages, and the last record taken from that page. Holds everything itself, so any
/// replica can continue; bound to the query by a hash. For lists of what hangs on records, <paramref name="Within"/> is the last item taken of the
/// record at <paramref name="After"/>.
/// </summary>
internal sealed record PageToken(string? StoreToken, NodePosition? After, long? Within = null)
{
    private sealed record Content(string Query, string? Token, long? Time, long? Id, long? Within);

    public static PageToken Start { get; } = new(null, null);

    public string Format(HttpRequest request) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Content(QueryHash(request), StoreToken, After?.Time, After?.Id, Within)));

    public static PageToken Parse(string? text, HttpRequest request)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Start;
        }

        try
        {
            var content = JsonSerializer.Deserialize<Content>(Base64Url.DecodeFromChars(text));
            if (content?.Query == QueryHash(request))
            {
                return new PageToken(content.Token, content.Id is { } id ? new NodePosition(content.Time ?? 0, id) : null, content.Within);
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw ProblemException.Invalid("pageToken", "is not a page token of this API.");
        }

        throw ProblemException.Invalid("pageToken", "belongs to another collection, order or filter.");
    }

    // Everything but the page's size and place: those may change from page to page.
    private static string QueryHash(HttpRequest request)
    {
        var parameters = request.Query.Where(parameter => parameter.Key is not ("pageSize" or "pageToken"))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => $"{parameter.Key}={parameter.Value}");
        var values = request.RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}");
        var query = $"{request.Path}\n{string.Join('\n', values)}\n{string.Join('\n', parameters)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)), 0, 8);
    }
}
