using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Json;
using MetadataGateway.MetadataStore;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.Properties;

/// <summary>
/// Reads a property value of the API's JSON into an MLMD value: the inverse of <see cref="PropertyValueWriter"/>.
/// </summary>
/// <remarks>
/// A literal says its kind: a number without fraction or exponent is an int64, with one a double; an object is a struct, an array
/// a struct with the one member <c>list</c>. What no literal can say has a marker (<see cref="PropertyMarker"/>).
/// MLMD converts nothing, so a value of another kind than declared is a fault; only a declared DOUBLE takes integer literals too,
/// rounded as any other decimal is.
/// </remarks>
internal static class PropertyValueReader
{
    /// <summary>Null when there are faults, or for a JSON null, which means something to the caller only.</summary>
    public static Value? Read(JsonElement json, PropertyType? declared, string path, ICollection<PropertyFault> faults)
    {
        if (declared == PropertyType.Double && json.ValueKind == JsonValueKind.Number)
            return Double(json.GetRawText(), path, faults);

        var value = json.ValueKind switch
        {
            JsonValueKind.String => Text(json, path, faults),
            JsonValueKind.True or JsonValueKind.False => new Value { BoolValue = json.GetBoolean() },
            JsonValueKind.Number => Number(json.GetRawText(), path, faults),
            JsonValueKind.Array => List(json, path, faults),
            JsonValueKind.Object => MarkerOrStruct(json, path, faults),
            _ => null,
        };
        if (value is null || declared is null or PropertyType.Unknown || Kind(value) == declared)
            return value;
        return Fault<Value>($"The type declares {Name(declared.Value)} here; this is {Name(Kind(value))}.", path, faults);
    }

    private static Value? Text(JsonElement json, string path, ICollection<PropertyFault> faults)
    {
        if (!json.TryGetText(out var text))
            return Fault<Value>(JsonText.BrokenText, path, faults);
        if (MlmdText.Misreading(text) is { } misreading)
            return Fault<Value>(misreading, path, faults);
        return new Value { StringValue = text };
    }

    private static Value? Number(string token, string path, ICollection<PropertyFault> faults) =>
        JsonNumber.IsInteger(token) ? Int(token, path, faults) : Double(token, path, faults);

    private static Value? Int(string token, string path, ICollection<PropertyFault> faults) =>
        long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? StoreLimits.NarrowIntegers && number is < int.MinValue or > int.MaxValue
                ? Fault<Value>($"{token} is beyond 32 bits, all that the back end of this MLMD holds; write a double with a fraction or exponent.", path, faults)
                : new Value { IntValue = number }
            : Fault<Value>($"{JsonNumber.Shown(token)} is beyond the range of an int64; write a double with a fraction or exponent.", path, faults);

    private static Value? Double(string token, string path, ICollection<PropertyFault> faults) =>
        JsonNumber.TryGetDouble(token, out var number)
            ? new Value { DoubleValue = number }
            : Fault<Value>($"{JsonNumber.Shown(token)} is beyond the range of a double.", path, faults);

    private static Value? List(JsonElement json, string path, ICollection<PropertyFault> faults)
    {
        var list = StructReader.ReadList(json, path, faults);
        return list is null ? null : new Value { StructValue = new Struct { Fields = { [PropertyMarker.List] = list } } };
    }

    private static Value? MarkerOrStruct(JsonElement json, string path, ICollection<PropertyFault> faults)
    {
        if (!json.TryGetOnlyMember(out var marker, out var content))
            return StructOf(json, path, faults);

        var contentPath = JsonPath.Member(path, marker);
        return marker switch
        {
            PropertyMarker.Int => IntMarker(content, contentPath, faults),
            PropertyMarker.Double => DoubleMarker(content, contentPath, faults),
            PropertyMarker.Proto => ProtoMarker(content, contentPath, faults),
            PropertyMarker.Struct when content.ValueKind == JsonValueKind.Object => StructOf(content, contentPath, faults),
            PropertyMarker.Struct => Fault<Value>($"'{PropertyMarker.Struct}' must hold an object.", contentPath, faults),
            _ => StructOf(json, path, faults),
        };
    }

    private static Value? StructOf(JsonElement json, string path, ICollection<PropertyFault> faults)
    {
        var fields = StructReader.ReadStruct(json, path, faults);
        return fields is null ? null : new Value { StructValue = fields };
    }

    private static Value? IntMarker(JsonElement content, string path, ICollection<PropertyFault> faults) =>
        content.TryGetText(out var text) && JsonNumber.IsToken(text) && JsonNumber.IsInteger(text)
            ? Int(text, path, faults)
            : Fault<Value>("'@int' must hold a string with a decimal integer, like {\"@int\": \"42\"}.", path, faults);

    private static Value? DoubleMarker(JsonElement content, string path, ICollection<PropertyFault> faults)
    {
        if (!content.TryGetText(out var text))
            return Fault<Value>("'@double' must hold a string with a number, like {\"@double\": \"1\"}.", path, faults);
        if (NonFiniteNumber.Number(text) is not null)
            return Fault<Value>($"{text} cannot be stored in a property: MLMD holds finite numbers only.", path, faults);
        return JsonNumber.IsToken(text)
            ? Double(text, path, faults)
            : Fault<Value>("'@double' must hold a string with a number, like {\"@double\": \"1\"}.", path, faults);
    }

    private static Value? ProtoMarker(JsonElement content, string path, ICollection<PropertyFault> faults)
    {
        if (content.ValueKind != JsonValueKind.Object)
            return Fault<Value>("'@proto' must hold an object with 'typeUrl' and 'value'.", path, faults);

        string? typeUrl = null;
        byte[]? bytes = [];
        foreach (var member in content.EnumerateObject())
        {
            switch (member.TryGetName(out var name) ? name : null)
            {
                case PropertyMarker.TypeUrl:
                    member.Value.TryGetText(out typeUrl);
                    break;
                case PropertyMarker.ProtoValue:
                    bytes = Base64(member.Value);
                    break;
                default:
                    return Fault<Value>("'@proto' holds 'typeUrl' and 'value', nothing else.", path, faults);
            }
        }
        if (string.IsNullOrEmpty(typeUrl))
            return Fault<Value>("'typeUrl' must be a text and not empty: MLMD never reads the value again without it.",
                JsonPath.Member(path, PropertyMarker.TypeUrl), faults);
        if (bytes is null)
            return Fault<Value>("'value' must be a string in base64.", JsonPath.Member(path, PropertyMarker.ProtoValue), faults);
        return new Value { ProtoValue = new Any { TypeUrl = typeUrl, Value = ByteString.CopyFrom(bytes) } };
    }

    private static byte[]? Base64(JsonElement json)
    {
        if (!json.TryGetText(out var text))
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static PropertyType Kind(Value value) => value.ValueCase switch
    {
        Value.ValueOneofCase.IntValue => PropertyType.Int,
        Value.ValueOneofCase.DoubleValue => PropertyType.Double,
        Value.ValueOneofCase.StringValue => PropertyType.String,
        Value.ValueOneofCase.StructValue => PropertyType.Struct,
        Value.ValueOneofCase.ProtoValue => PropertyType.Proto,
        Value.ValueOneofCase.BoolValue => PropertyType.Boolean,
        _ => PropertyType.Unknown,
    };

    private static string Name(PropertyType kind) => kind.ToString().ToUpperInvariant();

    private static T? Fault<T>(string message, string path, ICollection<PropertyFault> faults)
        where T : class
    {
        faults.Add(new PropertyFault(path, message));
        return null;
    }
}
