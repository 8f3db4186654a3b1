using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>
/// Writes messages in the JSON of the recordings: as the library would, with exactly the set fields. The library's own formatter refuses
/// some of what MLMD answers, e.g. a Struct with an empty key.
/// </summary>
internal static class MessageFormatter
{
    private static readonly JsonFormatter AnyFormatter =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(MessageParser.Registry).WithPreserveProtoFieldNames(true));

    public static JsonElement Format(IMessage message)
    {
        using var document = JsonDocument.Parse(Message(message)?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static JsonNode? Message(IMessage message) => message switch
    {
        Struct structure => new JsonObject(structure.Fields.Select(field => KeyValuePair.Create(field.Key, Message(field.Value)))),
        ListValue list => new JsonArray([.. list.Values.Select(Message)]),
        Value value => value.KindCase switch
        {
            Value.KindOneofCase.NumberValue => Number(value.NumberValue),
            Value.KindOneofCase.StringValue => JsonValue.Create(value.StringValue),
            Value.KindOneofCase.BoolValue => JsonValue.Create(value.BoolValue),
            Value.KindOneofCase.StructValue => Message(value.StructValue),
            Value.KindOneofCase.ListValue => Message(value.ListValue),
            _ => null,
        },
        Any { TypeUrl.Length: > 0 } any => JsonNode.Parse(AnyFormatter.Format(any)),
        _ => Fields(message),
    };

    private static JsonObject Fields(IMessage message)
    {
        var json = new JsonObject();
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
                AddIfAny(json, field, Entries((IDictionary)value, field.MessageType.FindFieldByNumber(2)));
            else if (field.IsRepeated)
                AddIfAny(json, field, ((IList)value).Cast<object>().Select(element => Scalar(field, element)));
            else if (field.Accessor.HasValue(message))
                json.Add(field.Name, Scalar(field, value));
        }
        return json;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(IDictionary map, FieldDescriptor value) =>
        map.Keys.Cast<object>().Select(key =>
            KeyValuePair.Create(Convert.ToString(key, CultureInfo.InvariantCulture)!, Scalar(value, map[key]!)));

    private static void AddIfAny(JsonObject json, FieldDescriptor field, IEnumerable<KeyValuePair<string, JsonNode?>> entries)
    {
        if (new JsonObject(entries) is { Count: > 0 } map)
            json.Add(field.Name, map);
    }

    private static void AddIfAny(JsonObject json, FieldDescriptor field, IEnumerable<JsonNode?> elements)
    {
        if (new JsonArray([.. elements]) is { Count: > 0 } list)
            json.Add(field.Name, list);
    }

    private static JsonNode? Scalar(FieldDescriptor field, object value) => field.FieldType switch
    {
        FieldType.Message => Message((IMessage)value),
        FieldType.Enum => field.EnumType.FindValueByNumber((int)value) is { } known ? JsonValue.Create(known.Name) : JsonValue.Create((int)value),
        FieldType.String => JsonValue.Create((string)value),
        FieldType.Bytes => JsonValue.Create(((ByteString)value).ToBase64()),
        FieldType.Bool => JsonValue.Create((bool)value),
        FieldType.Int64 => JsonValue.Create(((long)value).ToString(CultureInfo.InvariantCulture)),
        FieldType.Int32 => JsonValue.Create((int)value),
        FieldType.Double => Number((double)value),
        _ => throw new InvalidDataException($"Fields of type {field.FieldType} do not occur in MLMD's messages."),
    };

    private static JsonValue Number(double number) => double.IsFinite(number)
        ? JsonValue.Create(number)
        : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));
}
