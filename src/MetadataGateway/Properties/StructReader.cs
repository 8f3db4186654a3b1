using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Json;

namespace MetadataGateway.Properties;

/// <summary>
/// Reads JSON objects and arrays into protobuf's struct messages: the inverse of <see cref="StructWriter"/>.
/// </summary>
/// <remarks>
/// A struct knows doubles only. A fraction is rounded to the nearest one as everywhere, but an integer that no double holds exactly
/// is a fault: it is an id or a count, and a changed digit would pass unseen. Objects inside stand for themselves, markers of
/// <see cref="PropertyMarker"/> included, but for the two of <see cref="StructMarker"/>. NUL and the texts that MLMD
/// misreads elsewhere are fine here, since MLMD keeps a struct as encoded bytes.
/// </remarks>
internal static class StructReader
{
    /// <summary>
    /// Levels of messages below a struct. Protobuf parsers give up at 100, and the messages that carry a node to MLMD use four
    /// above the struct: a value nested deeper could be sent in some way, and never be read again.
    /// </summary>
    public const int MaximumDepth = 96;

    private const string TooDeep = "The value is nested too deeply for MLMD.";

    /// <summary>The object as a struct, its one member taken as a member whatever its name; null when there are faults.</summary>
    public static Struct? ReadStruct(JsonElement json, string path, ICollection<PropertyFault> faults) => Fields(json, 0, path, faults);

    /// <summary>The array as the value of a struct's only member; null when there are faults.</summary>
    public static Value? ReadList(JsonElement json, string path, ICollection<PropertyFault> faults) => List(json, 2, path, faults);

    private static Struct? Fields(JsonElement json, int depth, string path, ICollection<PropertyFault> faults)
    {
        var (fields, faultsBefore) = (new Struct(), faults.Count);
        foreach (var member in json.EnumerateObject())
        {
            if (!member.TryGetName(out var name))
                faults.Add(new PropertyFault(path, JsonText.BrokenText));
            // A member is a map entry, a message of its own, and the value in it.
            else if (Read(member.Value, depth + 2, JsonPath.Member(path, name), faults) is { } value)
                fields.Fields[name] = value;
        }
        return faults.Count == faultsBefore ? fields : null;
    }

    private static Value? List(JsonElement json, int depth, string path, ICollection<PropertyFault> faults)
    {
        if (depth + 1 > MaximumDepth)
            return Fault(TooDeep, path, faults);

        var (list, faultsBefore, index) = (new ListValue(), faults.Count, 0);
        foreach (var item in json.EnumerateArray())
        {
            if (Read(item, depth + 2, JsonPath.Item(path, index++), faults) is { } value)
                list.Values.Add(value);
        }
        return faults.Count == faultsBefore ? new Value { ListValue = list } : null;
    }

    private static Value? Read(JsonElement json, int depth, string path, ICollection<PropertyFault> faults)
    {
        if (depth > MaximumDepth)
            return Fault(TooDeep, path, faults);
        return json.ValueKind switch
        {
            JsonValueKind.String => json.TryGetText(out var text) ? Value.ForString(text) : Fault(JsonText.BrokenText, path, faults),
            JsonValueKind.True or JsonValueKind.False => Value.ForBool(json.GetBoolean()),
            JsonValueKind.Number => Number(json.GetRawText(), path, faults),
            JsonValueKind.Array => List(json, depth, path, faults),
            JsonValueKind.Object => MarkerOrStruct(json, depth, path, faults),
            _ => Value.ForNull(),
        };
    }

    private static Value? MarkerOrStruct(JsonElement json, int depth, string path, ICollection<PropertyFault> faults)
    {
        if (StructMarker.TryGetNonFinite(json, out var number))
            return Value.ForNumber(number);
        if (depth + 1 > MaximumDepth)
            return Fault(TooDeep, path, faults);
        var fields = StructMarker.TryGetLiteral(json, out var literal)
            ? Fields(literal, depth + 1, JsonPath.Member(path, PropertyMarker.Struct), faults)
            : Fields(json, depth + 1, path, faults);
        return fields is null ? null : Value.ForStruct(fields);
    }

    private static Value? Number(string token, string path, ICollection<PropertyFault> faults)
    {
        if (!JsonNumber.TryGetDouble(token, out var number))
            return Fault($"{JsonNumber.Shown(token)} is beyond the range of a double.", path, faults);
        if (JsonNumber.IsInteger(token) && !IsExact(token, number))
            return Fault($"{JsonNumber.Shown(token)} has more digits than a number in a struct keeps; write it as a string.", path, faults);
        return Value.ForNumber(number);
    }

    private static bool IsExact(string token, double number) =>
        Math.Abs(number) < JsonNumber.LargestSafeInteger
        || BigInteger.Parse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) == new BigInteger(number);

    private static Value? Fault(string message, string path, ICollection<PropertyFault> faults)
    {
        faults.Add(new PropertyFault(path, message));
        return null;
    }
}
