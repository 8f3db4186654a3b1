using System.Globalization;
using System.Text.Json.Nodes;

namespace MetadataGateway.Json;

/// <summary>Number tokens as this API writes and reads them. System.Text.Json alone would write the double 1.0 as <c>1</c>.</summary>
internal static class JsonNumber
{
    /// <summary>Up to here, either side of zero, every integer is a double and every JSON reader keeps its digits.</summary>
    public const long LargestSafeInteger = 1L << 53;

    /// <summary>A node that keeps the token as it is.</summary>
    public static JsonNode FromToken(string token) => JsonNode.Parse(token)!;

    /// <summary>The shortest token that reads back as the same double, always with a fraction or an exponent.</summary>
    public static string DoubleToken(double value)
    {
        var token = value.ToString("R", CultureInfo.InvariantCulture);
        return IsInteger(token) ? token + ".0" : token;
    }

    public static bool IsInteger(ReadOnlySpan<char> token) => token.IndexOfAny('.', 'e', 'E') < 0;

    /// <summary>The token, cut where it would flood a message.</summary>
    public static string Shown(string token) => token.Length <= 40 ? token : string.Concat(token.AsSpan(0, 40), "…");

    /// <summary>Reads a token of JSON's number grammar; false when no double is near enough (<c>1e999</c>).</summary>
    public static bool TryGetDouble(ReadOnlySpan<char> token, out double value) =>
        double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && TokenLength(text) == text.Length;

    /// <summary>Length of the number of JSON's grammar that the text begins with; 0 when it begins with none.</summary>
    public static int TokenLength(ReadOnlySpan<char> text)
    {
        var at = text.StartsWith("-") ? 1 : 0;
        var whole = Digits(text[at..]);
        if (whole == 0 || (whole > 1 && text[at] == '0'))
            return 0;
        at += whole;

        if (at < text.Length && text[at] == '.')
        {
            var fraction = Digits(text[(at + 1)..]);
            if (fraction == 0)
                return 0;
            at += 1 + fraction;
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0;
            var exponent = Digits(text[(at + 1 + sign)..]);
            if (exponent == 0)
                return 0;
            at += 1 + sign + exponent;
        }
        return at;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
