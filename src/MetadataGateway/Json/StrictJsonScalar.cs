using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MetadataGateway.Json;

/// <summary>What single JSON values a field takes, and how that is said to the API's user.</summary>
internal static class StrictJsonScalar
{
    /// <summary>Fields that may be anything, null included.</summary>
    public static bool IsAnyJson(Type type) => type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(object);

    /// <summary>Whether a value that is not null suits a field that is no record, list or dictionary.</summary>
    public static bool Takes(JsonElement json, JsonTypeInfo contract)
    {
        var type = Nullable.GetUnderlyingType(contract.Type) ?? contract.Type;
        if (type == typeof(JsonObject))
            return json.ValueKind == JsonValueKind.Object;
        if (type == typeof(JsonArray))
            return json.ValueKind == JsonValueKind.Array;
        if (type == typeof(string))
            return json.TryGetText(out _);
        if (type == typeof(bool))
            return json.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (IsInteger(type))
            return json.ValueKind == JsonValueKind.Number && TryRead(json, contract);
        if (IsNumber(type))
            return json.ValueKind == JsonValueKind.Number && double.IsFinite(json.GetDouble()) && TryRead(json, contract);
        if (type.IsEnum)
            return json.TryGetText(out var name) && EnumNames(type, contract.Options).Contains(name);
        return TryRead(json, contract);
    }

    public static string Expected(JsonTypeInfo contract)
    {
        var type = Nullable.GetUnderlyingType(contract.Type) ?? contract.Type;
        if (type == typeof(JsonObject) || contract.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary)
            return "an object";
        if (type == typeof(JsonArray) || contract.Kind == JsonTypeInfoKind.Enumerable)
            return "an array";
        if (type == typeof(string))
            return "a string";
        if (type == typeof(bool))
            return "true or false";
        if (type == typeof(int))
            return $"an integer from {int.MinValue} to {int.MaxValue}";
        if (type == typeof(long))
            return $"an integer from {long.MinValue} to {long.MaxValue}";
        if (IsInteger(type))
            return "an integer that is not too large";
        if (IsNumber(type))
            return "a number";
        if (type == typeof(DateTimeOffset) || type == typeof(DateTime))
            return "a time like \"2026-11-24T08:15:30.123Z\"";
        if (type.IsEnum)
            return $"one of {string.Join(", ", EnumNames(type, contract.Options))}";
        return "a value of another form";
    }

    private static bool IsInteger(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte)
        || type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(sbyte);

    private static bool IsNumber(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(decimal);

    /// <summary>The names as this API spells them; the serializer would take any case.</summary>
    private static IEnumerable<string> EnumNames(Type type, JsonSerializerOptions options) =>
        Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            .Select(number => JsonSerializer.SerializeToElement(Enum.ToObject(type, number), type, options))
            .Where(name => name.ValueKind == JsonValueKind.String)
            .Select(name => name.GetString()!);

    private static bool TryRead(JsonElement json, JsonTypeInfo contract)
    {
        try
        {
            json.Deserialize(contract);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
