using System.Globalization;
using MetadataGateway.Errors;

namespace MetadataGateway.Http;

/// <summary>MLMD ids as decimal strings. A malformed one in a path names nothing: 404; in a body or query it is a fault: 400.</summary>
internal static class ResourceId
{
    public static string Format(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static long ParsePath(string text, string what) => TryParse(text, out var id) ? id : throw ProblemException.NotFound($"{what} '{text}'");

    /// <summary>Takes what <see cref="Format"/> gives for a positive id, nothing else: no sign, blank or leading zero.</summary>
    public static bool TryParse(string? text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0 && text![0] != '0';
}
