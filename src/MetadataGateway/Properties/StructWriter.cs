using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Json;

namespace MetadataGateway.Properties;

/// <summary>Writes protobuf's struct messages as JSON objects and arrays: the inverse of <see cref="StructReader"/>.</summary>
/// <remarks>
/// Whole numbers are written without a fraction as far as every JSON reader keeps them: a struct has no integers, so nothing is
/// lost, and <c>{"layers": [10, 3]}</c> comes back as it was sent. A value of no kind, which protobuf forbids, comes as null.
/// </remarks>
internal static class StructWriter
{
    /// <summary>
    /// The members, in order of name: MLMD gives them in another order with every answer, and the same record has to have the same tag.
    /// </summary>
    public static JsonObject WriteFields(Struct fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            json[name] = Write(value);
        return json;
    }

    public static JsonNode? Write(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.BoolValue => JsonValue.Create(value.BoolValue),
        Value.KindOneofCase.NumberValue => Number(value.NumberValue),
        Value.KindOneofCase.StringValue => JsonValue.Create(value.StringValue),
        Value.KindOneofCase.ListValue => new JsonArray([.. value.ListValue.Values.Select(Write)]),
        Value.KindOneofCase.StructValue => IsMarker(value.StructValue)
            ? new JsonObject { [PropertyMarker.Struct] = WriteFields(value.StructValue) }
            : WriteFields(value.StructValue),
        _ => null,
    };

    private static JsonNode Number(double number)
    {
        if (NonFiniteNumber.Name(number) is { } name)
            return NonFiniteNumber.Node(name);
        if (double.IsInteger(number) && Math.Abs(number) <= JsonNumber.LargestSafeInteger && !IsNegativeZero(number))
            return JsonValue.Create((long)number);
        return JsonNumber.FromToken(JsonNumber.DoubleToken(number));
    }

    private static bool IsNegativeZero(double number) => number == 0 && double.IsNegative(number);

    /// <summary>Whether the reader would take the struct, written as it stands, for one of <see cref="StructMarker"/>.</summary>
    private static bool IsMarker(Struct fields)
    {
        if (fields.Fields.Count != 1)
            return false;
        var (name, content) = fields.Fields.Single();
        return name switch
        {
            PropertyMarker.Double =>
                content.KindCase == Value.KindOneofCase.StringValue && NonFiniteNumber.Number(content.StringValue) is not null,
            PropertyMarker.Struct => IsWrittenAsMarker(content),
            _ => false,
        };
    }

    private static bool IsWrittenAsMarker(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.NumberValue => !double.IsFinite(value.NumberValue),
        Value.KindOneofCase.StructValue => IsMarker(value.StructValue),
        _ => false,
    };
}
