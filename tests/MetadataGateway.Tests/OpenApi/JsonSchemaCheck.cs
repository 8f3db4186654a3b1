using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetadataGateway.Tests.OpenApi;

/// <summary>
/// Checks a value against a schema of the document: as much of JSON Schema as the document uses, and stricter in one thing, since a misspelt
/// member of an example is no example: a member that no schema names is a fault.
/// </summary>
internal sealed class JsonSchemaCheck(JsonNode document)
{
    public IReadOnlyList<string> Check(JsonNode? value, JsonNode schema, string path = "$")
    {
        schema = Merged(Derived(Resolve(schema), value));
        if (Alternatives(schema) is { } alternatives)
        {
            var results = alternatives.Select(alternative => Check(value, alternative, path)).ToList();
            return results.Any(faults => faults.Count == 0) ? [] : results.MinBy(faults => faults.Count)!;
        }

        var faults = new List<string>();
        if (schema["type"] is { } types && !Names(types).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Names(types).Contains("number")))
        {
            faults.Add($"{path} is {TypeOf(value)}, not {types.ToJsonString()}");
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            faults.Add($"{path} is none of {choices.ToJsonString()}");
        }

        if (value is JsonObject members)
        {
            CheckMembers(members, schema, path, faults);
        }

        if (value is JsonArray items && schema["items"] is { } item)
        {
            faults.AddRange(items.SelectMany((entry, index) => Check(entry, item, $"{path}[{index}]")));
        }

        return faults;
    }

    private void CheckMembers(JsonObject members, JsonNode schema, string path, List<string> faults)
    {
        faults.AddRange((schema["required"]?.AsArray() ?? []).Where(name => !members.ContainsKey((string)name!)).Select(name => $"{path}.{name} is missing"));
        foreach (var (name, member) in members)
        {
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is { } memberSchema)
            {
                faults.AddRange(Check(member, memberSchema, $"{path}.{name}"));
            }
            else
            {
                faults.Add($"{path}.{name} is in no schema");
            }
        }
    }

    private JsonNode Resolve(JsonNode schema)
    {
        while (schema["$ref"] is { } reference)
        {
            schema = ((string)reference!).Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!);
        }

        return schema;
    }

    // A value of a type with a discriminator is of the derived type that it names; one that it does not name is of none.
    private JsonNode Derived(JsonNode schema, JsonNode? value)
    {
        if (schema["discriminator"] is not { } discriminator || value is not JsonObject members)
        {
            return schema;
        }

        var kind = (string?)members[(string)discriminator["propertyName"]!] ?? "";
        return discriminator["mapping"]![kind] is { } reference ? Resolve(new JsonObject { ["$ref"] = reference.DeepClone() }) : new JsonObject { ["enum"] = new JsonArray() };
    }

    // The members of a derived type are those of all its parts.
    private JsonNode Merged(JsonNode schema)
    {
        if (schema["allOf"] is not JsonArray parts)
        {
            return schema;
        }

        var schemas = parts.Select(part => Resolve(part!)).ToList();
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. schemas.SelectMany(part => part["required"]?.AsArray() ?? []).Select(name => name!.DeepClone())]),
            ["properties"] = new JsonObject(schemas.SelectMany(part => part["properties"]?.AsObject() ?? []).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))),
        };
    }

    private static JsonNode[]? Alternatives(JsonNode schema) =>
        (schema["oneOf"] ?? schema["anyOf"])?.AsArray().Select(alternative => alternative!).ToArray();

    private static IEnumerable<string> Names(JsonNode types) => types is JsonArray several ? several.Select(type => (string)type!) : [(string)types!];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ToJsonString().All(character => char.IsAsciiDigit(character) || character == '-') ? "integer" : "number",
    };
}
