using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using MlMetadata;
using Enum = System.Enum;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>
/// Reads the JSON of the recordings: protobuf JSON with proto field names, in which exactly the set fields stand, but with field masks
/// written as <c>{"paths": […]}</c> and an Any without a type as <c>{}</c>, neither of which the library's parser takes.
/// </summary>
internal static class MessageParser
{
    public static readonly TypeRegistry Registry = TypeRegistry.FromFiles(
        WrappersReflection.Descriptor,
        DurationReflection.Descriptor,
        StructReflection.Descriptor,
        MetadataStoreReflection.Descriptor,
        MetadataStoreServiceReflection.Descriptor);

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithTypeRegistry(Registry));

    public static IMessage Parse(MessageDescriptor type, JsonElement json)
    {
        if (type.FullName == Struct.Descriptor.FullName || (type.FullName == Any.Descriptor.FullName && json.EnumerateObject().Any()))
            return Parser.Parse(json.GetRawText(), type);
        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var property in json.EnumerateObject())
        {
            var field = type.FindFieldByName(property.Name)
                ?? throw new InvalidDataException($"{type.FullName} has no field {property.Name}.");
            SetField(message, field, property.Value);
        }
        return message;
    }

    private static void SetField(IMessage message, FieldDescriptor field, JsonElement json)
    {
        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(message);
            var (key, value) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
            foreach (var entry in json.EnumerateObject())
                map.Add(ParseKey(key, entry.Name), ParseValue(value, entry.Value));
        }
        else if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            foreach (var element in json.EnumerateArray())
                list.Add(ParseValue(field, element));
        }
        else
        {
            field.Accessor.SetValue(message, ParseValue(field, json));
        }
    }

    private static object ParseKey(FieldDescriptor field, string text) =>
        field.FieldType == FieldType.String ? text : long.Parse(text);

    private static object ParseValue(FieldDescriptor field, JsonElement json) => field.FieldType switch
    {
        FieldType.Message => Parse(field.MessageType, json),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, field.EnumType.FindValueByName(json.GetString()!).Number),
        FieldType.String => json.GetString()!,
        FieldType.Bytes => ByteString.FromBase64(json.GetString()!),
        FieldType.Bool => json.GetBoolean(),
        FieldType.Int64 => long.Parse(json.GetString()!),
        FieldType.Int32 => json.GetInt32(),
        FieldType.Double => Double(json),
        _ => throw new InvalidDataException($"Fields of type {field.FieldType} do not occur in MLMD's messages."),
    };

    // JSON has no numbers for the last three.
    private static double Double(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? json.GetDouble()
        : json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => throw new InvalidDataException($"'{text}' is not a number."),
        };
}
