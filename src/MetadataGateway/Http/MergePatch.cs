using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;

namespace MetadataGateway.Http;

/// <summary>
/// JSON merge patch (RFC 7396) the way this API applies it: member by member down to the members of the objects named in
/// <c>deepFields</c> (<c>labels</c>, <c>properties</c>, …); below that a value is replaced whole, nulls kept.
/// </summary>
internal static class MergePatch
{
    /// <summary>
    /// The patched document. Fields that are not in <paramref name="editableFields"/> may be sent back as they are; another value is a fault.
    /// <c>null</c> removes, and for text so does the empty string.
    /// </summary>
    public static JsonObject Apply(
        JsonObject current, JsonElement patch, IReadOnlySet<string> editableFields, IReadOnlySet<string> deepFields, ICollection<Fault> faults)
    {
        var result = new JsonObject();
        foreach (var field in editableFields)
        {
            result[field] = current[field]?.DeepClone();
        }

        foreach (var member in patch.EnumerateObject())
        {
            if (!editableFields.Contains(member.Name))
            {
                if (!JsonNode.DeepEquals(ToNode(member.Value), current[member.Name]))
                {
                    faults.Add(new Fault(member.Name, $"'{member.Name}' cannot be changed."));
                }
            }
            else if (deepFields.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object && result[member.Name] is JsonObject target)
            {
                ApplyMembers(target, member.Value);
            }
            else
            {
                result[member.Name] = deepFields.Contains(member.Name) ? WithoutNulls(member.Value) : ToNode(member.Value);
            }
        }

        return result;
    }

    private static void ApplyMembers(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                target.Remove(member.Name);
            }
            else
            {
                target[member.Name] = ToNode(member.Value);
            }
        }
    }

    // Where nothing was before, a null member removes nothing.
    private static JsonNode? WithoutNulls(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return ToNode(value);
        }

        var result = new JsonObject();
        ApplyMembers(result, value);
        return result;
    }

    public static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => JsonObject.Create(value.Clone()),
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        _ => JsonValue.Create(value.Clone()),
    };
}
