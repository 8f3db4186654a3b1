using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetadataGateway.Json;

/// <summary>
/// NaN and the infinities, which JSON has no number for: <c>{"@double": "NaN"}</c> in the API. The names are the words that Python
/// writes into its JSON for them.
/// </summary>
internal static class NonFiniteNumber
{
    public const string Marker = "@double";

    public const string NaN = "NaN";
    public const string PositiveInfinity = "Infinity";
    public const string NegativeInfinity = "-Infinity";

    public static ImmutableArray<string> Names { get; } = [NaN, PositiveInfinity, NegativeInfinity];

    /// <summary>Null for a finite number.</summary>
    public static string? Name(double number) => number switch
    {
        double.NaN => NaN,
        double.PositiveInfinity => PositiveInfinity,
        double.NegativeInfinity => NegativeInfinity,
        _ => null,
    };

    /// <summary>Null for a text that is none of the three names.</summary>
    public static double? Number(string? name) => name switch
    {
        NaN => double.NaN,
        PositiveInfinity => double.PositiveInfinity,
        NegativeInfinity => double.NegativeInfinity,
        _ => null,
    };

    public static JsonObject Node(string name) => new() { [Marker] = name };

    public static bool TryGetName(JsonObject members, [NotNullWhen(true)] out string? name)
    {
        name = members.Count == 1 && members.TryGetPropertyValue(Marker, out var content) && content is JsonValue value
            ? value.TryGetText(out var text) ? text : null
            : null;
        return name is NaN or PositiveInfinity or NegativeInfinity;
    }
}
