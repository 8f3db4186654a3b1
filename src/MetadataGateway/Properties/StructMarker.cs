using System.Text.Json;
using MetadataGateway.Json;

namespace MetadataGateway.Properties;

/// <summary>
/// The only objects inside a struct that do not stand for themselves. A struct's bytes can hold doubles that are not finite
/// (Python clients store them), and those come as <c>{"@double": "NaN"}</c>; a struct that looks like that
/// comes as <c>{"@struct": {"@double": "NaN"}}</c>, and so on outwards. Everything else is literal.
/// </summary>
internal static class StructMarker
{
    public static bool TryGetNonFinite(JsonElement json, out double number)
    {
        var given = json.TryGetOnlyMember(out var name, out var content)
            && name == PropertyMarker.Double
            && content.TryGetText(out var text)
            ? NonFiniteNumber.Number(text)
            : null;
        number = given ?? 0;
        return given is not null;
    }

    /// <summary>The object whose members are taken as they stand, if the given one says so.</summary>
    public static bool TryGetLiteral(JsonElement json, out JsonElement literal) =>
        json.TryGetOnlyMember(out var name, out literal) && name == PropertyMarker.Struct && IsMarker(literal);

    private static bool IsMarker(JsonElement json) => TryGetNonFinite(json, out _) || TryGetLiteral(json, out _);
}
