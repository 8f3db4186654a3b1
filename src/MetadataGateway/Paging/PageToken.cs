using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MetadataGateway.Errors;

namespace MetadataGateway.Paging;

/// <summary>
/// Where a list goes on. Holds everything itself, so any replica can continue; bound to the query by a hash. For lists of what hangs on records,
/// <paramref name="Within"/> is the last item taken of the record at the position. <paramref name="Until"/> is where the list ends.
/// </summary>
internal sealed record PageToken(PagePosition Position, long? Within = null, NodePosition? Until = null)
{
    private sealed record Content(string Query, string? Token, long? Time, long? Id, bool Inside, long? Within, long? Until);

    public static PageToken Start { get; } = new(PagePosition.Start);

    public string Format(HttpRequest request) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Content(
        QueryHash(request), Position.StoreToken, Position.After?.Time, Position.After?.Id, Position.IsInside, Within, Until?.Time)));

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
                NodePosition? after = content.Id is { } id ? new NodePosition(content.Time ?? 0, id) : null;
                NodePosition? until = content.Until is { } time ? new NodePosition(time, long.MaxValue) : null;
                return new PageToken(new PagePosition(content.Token, after, content.Inside), content.Within, until);
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
            .Select(parameter => (parameter.Key, Value: Normal(parameter.Key, parameter.Value.ToString()))).Where(parameter => parameter.Value.Length > 0)
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => $"{parameter.Key}={parameter.Value}");
        var values = request.RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}");
        var query = $"{request.Path}\n{string.Join('\n', values)}\n{string.Join('\n', parameters)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)), 0, 8);
    }

    // A default that is spelled out is the same query.
    private static string Normal(string parameter, string value) => (parameter, value) switch
    {
        ("orderBy", "id" or "id asc") or ("showDeleted", "false") => "",
        ("orderBy", _) when value.EndsWith(" asc", StringComparison.Ordinal) => value[..^" asc".Length],
        _ => value,
    };
}
