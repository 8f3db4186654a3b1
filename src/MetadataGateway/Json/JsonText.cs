using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetadataGateway.Json;

/// <summary>
/// Text out of a <see cref="JsonElement"/>. JSON can spell half a surrogate pair (<c>"\ud800"</c>), which is no text:
/// System.Text.Json throws on it only when the text is asked for, so every reader of client JSON has to ask this way.
/// </summary>
internal static class JsonText
{
    public const string BrokenText = "The text holds half of a surrogate pair, which is no character.";

    public static bool TryGetText(this JsonElement json, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (json.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = json.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static bool TryGetText(this JsonValue json, [NotNullWhen(true)] out string? text)
    {
        if (json.TryGetValue(out JsonElement element))
            return element.TryGetText(out text);
        return json.TryGetValue(out text);
    }

    public static bool TryGetName(this JsonProperty member, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = member.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = null;
            return false;
        }
    }

    /// <summary>The one member of an object that has just one.</summary>
    public static bool TryGetOnlyMember(this JsonElement json, [NotNullWhen(true)] out string? name, out JsonElement value)
    {
        (name, value) = (null, default);
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != 1)
            return false;
        var member = json.EnumerateObject().First();
        value = member.Value;
        return member.TryGetName(out name);
    }
}
