using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Json;
using Value = MlMetadata.Value;

namespace MetadataGateway.Properties;

/// <summary>
/// Writes an MLMD value as the API's JSON, so that reading it back with <see cref="PropertyValueReader"/> changes nothing.
/// </summary>
internal static class PropertyValueWriter
{
    /// <summary>Null for a value with no member set, which MLMD cannot store.</summary>
    public static JsonNode? Write(Value value) => value.ValueCase switch
    {
        Value.ValueOneofCase.IntValue => Int(value.IntValue),
        Value.ValueOneofCase.DoubleValue => Double(value.DoubleValue),
        Value.ValueOneofCase.StringValue => JsonValue.Create(value.StringValue),
        Value.ValueOneofCase.StructValue => Struct(value.StructValue),
        Value.ValueOneofCase.ProtoValue => Marker(PropertyMarker.Proto, new JsonObject
        {
            [PropertyMarker.TypeUrl] = value.ProtoValue.TypeUrl,
            [PropertyMarker.ProtoValue] = value.ProtoValue.Value.ToBase64(),
        }),
        Value.ValueOneofCase.BoolValue => JsonValue.Create(value.BoolValue),
        _ => null,
    };

    private static JsonNode Int(long number) =>
        number is >= -JsonNumber.LargestSafeInteger and <= JsonNumber.LargestSafeInteger
            ? JsonValue.Create(number)
            : Marker(PropertyMarker.Int, number.ToString(CultureInfo.InvariantCulture));

    private static JsonNode Double(double number) =>
        NonFiniteNumber.Name(number) is { } name
            ? NonFiniteNumber.Node(name)
            : JsonNumber.FromToken(JsonNumber.DoubleToken(number));

    private static JsonNode Struct(Struct fields)
    {
        if (fields.Fields.Count == 1)
        {
            var (name, content) = fields.Fields.Single();
            if (name == PropertyMarker.List && content.KindCase == Google.Protobuf.WellKnownTypes.Value.KindOneofCase.ListValue)
                return StructWriter.Write(content)!;
            if (PropertyMarker.IsMarker(name))
                return Marker(PropertyMarker.Struct, StructWriter.WriteFields(fields));
        }
        return StructWriter.WriteFields(fields);
    }

    private static JsonObject Marker(string name, JsonNode content) => new() { [name] = content };
}
