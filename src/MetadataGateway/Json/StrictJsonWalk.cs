using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MetadataGateway.Json;

/// <summary>Follows a JSON document along the serializer's own contract of a record, and notes every place where they part.</summary>
internal sealed class StrictJsonWalk(JsonSerializerOptions options, int maximumFaults)
{
    private readonly List<(string Path, string Message)> faults = [];

    public IReadOnlyList<(string Path, string Message)> Faults => faults;

    private bool IsFull => faults.Count >= maximumFaults;

    public void Check(JsonElement json, JsonTypeInfo contract, string path)
    {
        if (StrictJsonScalar.IsAnyJson(contract.Type))
            return;
        if (json.ValueKind == JsonValueKind.Null)
        {
            Require(path is not JsonPath.Root && TakesNull(contract.Type), contract, path);
            return;
        }
        switch (contract.Kind)
        {
            case JsonTypeInfoKind.Object:
                if (Require(json.ValueKind == JsonValueKind.Object, contract, path))
                    CheckMembers(json, contract, path);
                break;
            case JsonTypeInfoKind.Dictionary:
                if (Require(json.ValueKind == JsonValueKind.Object, contract, path))
                    CheckEntries(json, options.GetTypeInfo(contract.ElementType!), path);
                break;
            case JsonTypeInfoKind.Enumerable:
                if (Require(json.ValueKind == JsonValueKind.Array, contract, path))
                    CheckItems(json, options.GetTypeInfo(contract.ElementType!), path);
                break;
            default:
                Require(StrictJsonScalar.Takes(json, contract), contract, path);
                break;
        }
    }

    private void CheckMembers(JsonElement json, JsonTypeInfo contract, string path)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (IsFull)
                return;
            if (!member.TryGetName(out var name))
            {
                Add(path, JsonText.BrokenText);
                continue;
            }
            var field = contract.Properties.FirstOrDefault(property => property.Name == name && IsRead(property));
            if (field is null)
            {
                Add(JsonPath.Member(path, name), UnknownField(name, contract, path));
                continue;
            }
            given.Add(name);
            // A field with a converter of its own takes what that takes.
            if (field.CustomConverter is null)
                Check(member.Value, options.GetTypeInfo(field.PropertyType), JsonPath.Member(path, name));
        }
        foreach (var missing in contract.Properties.Where(property => property.IsRequired && !given.Contains(property.Name)))
            Add(JsonPath.Member(path, missing.Name), $"'{missing.Name}' is required.");
    }

    private void CheckEntries(JsonElement json, JsonTypeInfo contract, string path)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (member.TryGetName(out var name))
                Check(member.Value, contract, JsonPath.Member(path, name));
            else
                Add(path, JsonText.BrokenText);
        }
    }

    private void CheckItems(JsonElement json, JsonTypeInfo contract, string path)
    {
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            if (IsFull)
                return;
            var itemPath = JsonPath.Item(path, index++);
            if (Require(item.ValueKind != JsonValueKind.Null || StrictJsonScalar.IsAnyJson(contract.Type), contract, itemPath))
                Check(item, contract, itemPath);
        }
    }

    private static bool TakesNull(Type type) =>
        !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    /// <summary>Members that the serializer would write only are no fields of a request.</summary>
    private static bool IsRead(JsonPropertyInfo property) => property.Set is not null || property.AssociatedParameter is not null;

    private static string UnknownField(string name, JsonTypeInfo contract, string path)
    {
        var known = contract.Properties.Where(IsRead).Select(property => property.Name).ToList();
        var owner = path is JsonPath.Root ? "the body" : $"'{path}'";
        if (known.Count == 0)
            return $"'{name}' is not a field of {owner}, which has none.";
        return NearestName.Find(name, known) is { } nearest
            ? $"'{name}' is not a field of {owner}; did you mean '{nearest}'?"
            : $"'{name}' is not a field of {owner}; known fields: {string.Join(", ", known)}.";
    }

    private bool Require(bool holds, JsonTypeInfo contract, string path)
    {
        if (!holds)
            Add(path, $"{(path is JsonPath.Root ? "The body" : $"'{path}'")} must be {StrictJsonScalar.Expected(contract)}.");
        return holds;
    }

    private void Add(string path, string message)
    {
        if (!IsFull)
            faults.Add((path, message));
    }
}
