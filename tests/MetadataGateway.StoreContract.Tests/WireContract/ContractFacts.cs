using System.Globalization;
using System.Text.Json;

namespace MetadataGateway.StoreContract.Tests.WireContract;

/// <summary>MLMD's wire contract as facts, one line each: what the fact is about, and its value.</summary>
internal static class ContractFacts
{
    public static SortedDictionary<string, string> Of(JsonElement contract)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in contract.GetProperty("files").EnumerateArray())
            AddFile(facts, file);
        foreach (var message in contract.GetProperty("messages").EnumerateArray())
            AddMessage(facts, message);
        foreach (var type in contract.GetProperty("enums").EnumerateArray())
            AddEnum(facts, type);
        foreach (var extension in contract.GetProperty("extensions").EnumerateArray())
            AddExtension(facts, extension);
        foreach (var service in contract.GetProperty("services").EnumerateArray())
            AddService(facts, service);
        return facts;
    }

    private static void AddFile(SortedDictionary<string, string> facts, JsonElement file)
    {
        var about = $"file {Text(file, "name")}";
        facts.Add($"{about} package", Text(file, "package"));
        facts.Add($"{about} syntax", Text(file, "syntax"));
        facts.Add($"{about} imports", string.Join(' ', Texts(file, "imports").Order(StringComparer.Ordinal)));
        facts.Add($"{about} public imports", string.Join(' ', Texts(file, "public_imports")));
    }

    private static void AddMessage(SortedDictionary<string, string> facts, JsonElement message)
    {
        var about = $"message {Text(message, "full_name")}";
        facts.Add($"{about} file", Text(message, "file"));
        facts.Add($"{about} inside", Text(message, "containing_message"));
        facts.Add($"{about} deprecated", Text(message, "deprecated"));
        facts.Add($"{about} oneofs", string.Join(' ', Texts(message, "oneofs")));
        facts.Add($"{about} reserved numbers", Ranges(message, "reserved_numbers"));
        facts.Add($"{about} reserved names", string.Join(' ', Texts(message, "reserved_names")));
        facts.Add($"{about} extension ranges", Ranges(message, "extension_ranges"));
        foreach (var field in message.GetProperty("fields").EnumerateArray())
            AddField(facts, $"{about} field {Text(field, "number")}", field);
    }

    private static void AddField(SortedDictionary<string, string> facts, string about, JsonElement field)
    {
        foreach (var name in (string[])["name", "json_name", "label", "type", "type_name", "oneof", "default", "packed", "deprecated"])
            facts.Add($"{about} {name}", Text(field, name));
        if (!field.TryGetProperty("map", out var map))
            return;

        facts.Add($"{about} map key", Text(map, "key_type"));
        facts.Add($"{about} map value", Text(map, "value_type"));
        facts.Add($"{about} map value type", Text(map, "value_type_name"));
    }

    private static void AddEnum(SortedDictionary<string, string> facts, JsonElement type)
    {
        var about = $"enum {Text(type, "full_name")}";
        facts.Add($"{about} file", Text(type, "file"));
        facts.Add($"{about} inside", Text(type, "containing_message"));
        facts.Add($"{about} aliases", Text(type, "allow_alias"));
        facts.Add($"{about} reserved numbers", Ranges(type, "reserved_ranges"));
        facts.Add($"{about} reserved names", string.Join(' ', Texts(type, "reserved_names")));
        foreach (var value in type.GetProperty("values").EnumerateArray())
        {
            facts.Add($"{about} value {Text(value, "number")} name", Text(value, "name"));
            facts.Add($"{about} value {Text(value, "number")} system type", Text(value, "system_type_name"));
        }
    }

    private static void AddExtension(SortedDictionary<string, string> facts, JsonElement extension)
    {
        var about = $"extension {Text(extension, "full_name")}";
        foreach (var name in (string[])["number", "extendee", "label", "type", "type_name", "file"])
            facts.Add($"{about} {name}", Text(extension, name));
    }

    private static void AddService(SortedDictionary<string, string> facts, JsonElement service)
    {
        foreach (var method in service.GetProperty("methods").EnumerateArray())
        {
            var about = $"method {Text(method, "path")}";
            foreach (var name in (string[])["request", "response", "client_streaming", "server_streaming", "deprecated"])
                facts.Add($"{about} {name}", Text(method, name));
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value)
        ? Text(value)
        : Fact.None;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Fact.None,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString()!,
    };

    private static IEnumerable<string> Texts(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(Text);

    private static string Ranges(JsonElement element, string name) => string.Join(
        ' ', element.GetProperty(name).EnumerateArray().Select(range => $"{Text(range[0])}-{Text(range[1])}"));
}
