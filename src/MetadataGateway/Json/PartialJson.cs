using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetadataGateway.Json;

/// <summary>
/// Reads of a request what can be read despite its faults, so that the rules of its record can tell what else is wrong: one answer names
/// everything.
/// </summary>
internal static class PartialJson
{
    /// <param name="json">The request.</param>
    /// <param name="options">The options that it is read with.</param>
    /// <param name="faults">JSON paths of what does not fit the record.</param>
    public static T? Read<T>(JsonElement json, JsonSerializerOptions options, IReadOnlySet<string> faults)
        where T : class
    {
        try
        {
            return Without(json, JsonPath.Root, faults).Deserialize<T>(options);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a rule that complains about a path does so because of what was left out: the fault itself, or another field of the same nested
    /// object, such as the one that may stand instead.
    /// </summary>
    public static bool Affects(IReadOnlySet<string> faults, string path) => faults.Any(fault =>
    {
        var around = fault.LastIndexOf('.') is var dot and > 0 && fault[^1] != ']' ? fault[..dot] : fault;
        return path.StartsWith(around, StringComparison.Ordinal) && (path.Length == around.Length || path[around.Length] is '.' or '[');
    });

    private static JsonNode? Without(JsonElement json, string path, IReadOnlySet<string> faults)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in json.EnumerateObject())
                {
                    if (member.TryGetName(out var name) && JsonPath.Member(path, name) is var memberPath && !faults.Contains(memberPath))
                        members[name] = Without(member.Value, memberPath, faults);
                }
                return members;
            case JsonValueKind.Array:
                // An item at fault keeps its place, or the paths of those behind it would shift.
                return new JsonArray([.. json.EnumerateArray().Select((item, index) => JsonPath.Item(path, index) is var itemPath && faults.Contains(itemPath)
                    ? new JsonObject()
                    : Without(item, itemPath, faults))]);
            default:
                return json.ValueKind == JsonValueKind.Null ? null : JsonValue.Create(json);
        }
    }
}
