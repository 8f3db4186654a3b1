using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Json;

/// <summary>
/// Whether two JSON values mean the same: members in any order, numbers by value and without rounding. System.Text.Json's own comparison throws on
/// exponents beyond an int, which are JSON all the same.
/// </summary>
internal static class JsonEquality
{
    public static bool AreEqual(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (null, null) => true,
        (JsonObject members, JsonObject others) =>
            members.Count == others.Count
            && members.All(member => others.TryGetPropertyValue(member.Key, out var value) && AreEqual(member.Value, value)),
        (JsonArray items, JsonArray others) =>
            items.Count == others.Count && items.Zip(others).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonValue scalar, JsonValue otherScalar) => AreEqual(scalar, otherScalar),
        _ => false,
    };

    private static bool AreEqual(JsonValue one, JsonValue other) =>
        one.GetValueKind() == other.GetValueKind() && one.GetValueKind() switch
        {
            JsonValueKind.Number => AreEqualNumbers(PythonJsonWriter.Write(one), PythonJsonWriter.Write(other)),
            JsonValueKind.String => PythonJsonWriter.Text(one) == PythonJsonWriter.Text(other),
            _ => true,
        };

    private static bool AreEqualNumbers(string one, string other) =>
        one == other || (TryNormalize(one, out var number) && TryNormalize(other, out var otherNumber) && number == otherNumber);

    /// <summary>The digits from the first to the last that is not 0, as an integer times a power of ten; false for powers beyond a long.</summary>
    private static bool TryNormalize(string token, out (bool IsNegative, string Digits, long Power) number)
    {
        number = default;
        var end = token.AsSpan().IndexOfAny('e', 'E');
        var mantissa = end < 0 ? token : token[..end];
        var power = 0L;
        if (end >= 0 && !long.TryParse(token.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
            return false;

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var significant = digits.TrimEnd('0');
        number = significant.Length == 0
            ? (false, "", 0)
            : (mantissa.StartsWith('-'), significant, unchecked(power - fraction + (digits.Length - significant.Length)));
        return true;
    }
}
