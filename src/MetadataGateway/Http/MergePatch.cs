using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using MetadataGateway.Json;

namespace MetadataGateway.Http;

/// <summary>
/// JSON merge patch (RFC 7396) the way this API applies it: member by member down to the members of the objects named in
/// <c>deepFields</c> (<c>labels</c>, <c>properties</c>, …); below that a value is replaced whole, nulls kept.
/// </summary>
internal static class MergePatch
{
    /// <summary>
    /// What the patch changes: of the editable fields those that it names with another value than <paramref name="current"/> has, and of the deep
    /// ones only such members. Null removes, and for text so does the empty string. Fields that are not editable may be sent back as they are;
    /// another value is a fault. Numbers are the same here only when their literals are: 1 can become 1.0.
    /// </summary>
    public static JsonObject Changes(
        JsonObject current, JsonElement patch, IReadOnlySet<string> editableFields, IReadOnlySet<string> deepFields, ICollection<Fault> faults)
    {
        var changes = new JsonObject();
        foreach (var member in patch.EnumerateObject())
        {
            var (stored, given) = (current[member.Name], ToNode(member.Value));
            if (IsSame(stored, given))
            {
                continue;
            }

            if (!editableFields.Contains(member.Name))
            {
                faults.Add(new Fault(member.Name, $"'{member.Name}' cannot be changed."));
            }
            else if (deepFields.Contains(member.Name) && given is JsonObject members)
            {
                var different = MemberChanges(stored as JsonObject, members);
                if (different.Count > 0)
                {
                    changes[member.Name] = different;
                }
            }
            else
            {
                changes[member.Name] = given;
            }
        }

        return changes;
    }

    /// <summary>The members with the changes made to them: null removes one, and null for all of them leaves nothing.</summary>
    public static JsonObject? Apply(JsonObject? members, JsonObject? changes)
    {
        if (changes is null)
        {
            return null;
        }

        var result = members is null ? [] : (JsonObject)members.DeepClone();
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = value.DeepClone();
            }
        }

        return result;
    }

    private static JsonObject MemberChanges(JsonObject? stored, JsonObject given)
    {
        var changes = new JsonObject();
        foreach (var (name, value) in given)
        {
            // A null that is stored is a member: null removes it.
            JsonNode? old = null;
            var isStored = stored is not null && stored.TryGetPropertyValue(name, out old);
            if (value is null ? isStored : !isStored || !IsSameText(old, value))
            {
                changes[name] = value?.DeepClone();
            }
        }

        return changes;
    }

    // Absent, null and empty are the same; so is an empty object to a field that was never set.
    private static bool IsSame(JsonNode? stored, JsonNode? given) => IsNothing(given) ? IsNothing(stored) : IsSameText(stored, given);

    private static bool IsNothing(JsonNode? node) =>
        node is null or JsonObject { Count: 0 } || (node is JsonValue text && text.TryGetText(out var content) && content.Length == 0);

    private static bool IsSameText(JsonNode? stored, JsonNode? given) =>
        JsonEquality.AreEqual(stored, given) && stored?.ToJsonString() == given?.ToJsonString();

    private static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };
}
