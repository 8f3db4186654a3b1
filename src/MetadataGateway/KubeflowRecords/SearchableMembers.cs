using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Json;
using MetadataGateway.Properties;
using Value = MlMetadata.Value;

namespace MetadataGateway.KubeflowRecords;

/// <summary>
/// The custom properties that repeat the scalar members of labels, hyperparameters and values, so that MLMD can select on them:
/// the SDK keeps these members inside <c>__ALL_META__</c> only, which no filter of MLMD reaches. What cannot be
/// repeated is left out; <c>__ALL_META__</c> stays the truth.
/// </summary>
internal static class SearchableMembers
{
    public const string Labels = "labels";
    public const string Hyperparameters = "hyperparameters";
    public const string Values = "values";

    /// <summary>The fields whose members are repeated.</summary>
    public static readonly ImmutableArray<string> Prefixes = [Labels, Hyperparameters, Values];

    /// <summary>Bytes that MLMD's MySQL columns hold in a property name.</summary>
    public const int LongestName = 255;

    public static bool IsSearchable(string customPropertyName) =>
        Prefixes.Any(prefix => customPropertyName.StartsWith($"{prefix}.", StringComparison.Ordinal));

    /// <summary>
    /// The custom property's name. MLMD's filter lower-cases property names and MySQL ignores case, so members that differ in
    /// case only need names that do not: a capital is <c>-</c> and its small letter, <c>-</c> is doubled,
    /// and any other byte of UTF-8 but small letters, digits, <c>_</c> and <c>.</c> is <c>-</c> and three digits.
    /// </summary>
    public static string EncodeName(string prefix, string member)
    {
        var name = new StringBuilder(prefix).Append('.');
        foreach (var unit in Encoding.UTF8.GetBytes(member))
        {
            var character = (char)unit;
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '.')
                name.Append(character);
            else if (char.IsAsciiLetterUpper(character))
                name.Append('-').Append(char.ToLowerInvariant(character));
            else if (character == '-')
                name.Append("--");
            else
                name.Append(CultureInfo.InvariantCulture, $"-{unit:D3}");
        }
        return name.ToString();
    }

    public static IEnumerable<KeyValuePair<string, Value>> Write(string prefix, JsonObject? members)
    {
        foreach (var (member, node) in members ?? [])
        {
            if (!IsText(member) || EncodeName(prefix, member) is not { Length: <= LongestName } name)
                continue;
            if (node is JsonValue scalar && ToValue(scalar) is { } value)
                yield return KeyValuePair.Create(name, value);
        }
    }

    private static Value? ToValue(JsonValue scalar)
    {
        switch (scalar.GetValueKind())
        {
            case JsonValueKind.String:
                var text = PythonJsonWriter.Text(scalar);
                return IsText(text) && MlmdText.Misreading(text) is null ? new Value { StringValue = text } : null;
            case JsonValueKind.Number:
                return JsonNumber.TryGetDouble(PythonJsonWriter.Write(scalar), out var number) ? new Value { DoubleValue = number } : null;
            case JsonValueKind.True or JsonValueKind.False:
                return new Value { BoolValue = scalar.GetValue<bool>() };
            default:
                return null;
        }
    }

    /// <summary>Whether UTF-8 can say it: the SDK's JSON may hold halves of surrogate pairs.</summary>
    private static bool IsText(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsSurrogatePair(text, at))
                return false;
            at++;
        }
        return true;
    }
}
