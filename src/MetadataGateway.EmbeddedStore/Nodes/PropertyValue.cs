using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>How a property's value stands in the five value columns of its row, of which exactly one is not NULL.</summary>
internal static class PropertyValue
{
    public const string Columns = "int_value, double_value, string_value, proto_value, bool_value";

    /// <summary>The type that a declared property must have to hold the value.</summary>
    public static PropertyType Kind(this Value value) => value.ValueCase switch
    {
        Value.ValueOneofCase.IntValue => PropertyType.Int,
        Value.ValueOneofCase.DoubleValue => PropertyType.Double,
        Value.ValueOneofCase.StringValue => PropertyType.String,
        Value.ValueOneofCase.StructValue => PropertyType.Struct,
        Value.ValueOneofCase.ProtoValue => PropertyType.Proto,
        Value.ValueOneofCase.BoolValue => PropertyType.Boolean,
        _ => PropertyType.Unknown,
    };

    /// <summary>
    /// Refuses what cannot be read back as it was given, by this store or by MLMD on the same file
    /// (defects D4, D5, D6, docs/mlmd-compatibility.md).
    /// </summary>
    public static void CheckStorable(string field, Value value)
    {
        switch (value.ValueCase)
        {
            case Value.ValueOneofCase.None:
                throw StoreStatus.InvalidArgument($"{field} has no value.");
            case Value.ValueOneofCase.DoubleValue when !double.IsFinite(value.DoubleValue):
                throw StoreStatus.InvalidArgument($"{field} is not a finite number.");
            case Value.ValueOneofCase.StringValue when value.StringValue.StartsWith(StoredText.StructPrefix, StringComparison.Ordinal):
                throw StoreStatus.InvalidArgument($"{field} begins with {StoredText.StructPrefix}, which MLMD reads as a struct.");
            case Value.ValueOneofCase.StringValue:
                StoredText.Check(value.StringValue, field);
                break;
            case Value.ValueOneofCase.ProtoValue when value.ProtoValue.TypeUrl.Length == 0:
                throw StoreStatus.InvalidArgument($"{field} is a message without a type_url.");
        }
    }

    public static Statement Bind(Statement statement, Value value) => statement
        .Bind(value.HasIntValue ? value.IntValue : null)
        .BindDouble(value.HasDoubleValue ? value.DoubleValue : null)
        .Bind(value.ValueCase switch
        {
            Value.ValueOneofCase.StringValue => value.StringValue,
            Value.ValueOneofCase.StructValue => StoredText.StructPrefix + Base64(value.StructValue),
            _ => null,
        })
        .Bind(value.ValueCase == Value.ValueOneofCase.ProtoValue ? Base64(value.ProtoValue) : null)
        .Bind(value.HasBoolValue ? (value.BoolValue ? 1L : 0L) : null);

    /// <summary>
    /// The value in the five columns from <paramref name="column"/> on: of several, which MLMD can leave behind, the first in its order.
    /// Null if there is none, as after a detour of the file through schema version 9.
    /// </summary>
    public static Value? Read(Statement row, int column)
    {
        if (row.NullableInt64(column) is { } number)
            return new Value { IntValue = number };
        if (!row.IsNull(column + 1))
            return new Value { DoubleValue = row.Double(column + 1) };
        if (StoredText.Read(row.Text(column + 2)) is { } text)
            return ReadText(text);
        if (StoredText.Read(row.Text(column + 3)) is { } message)
            return new Value { ProtoValue = ReadMessage(message) };
        return row.NullableInt64(column + 4) is { } truth ? new Value { BoolValue = truth != 0 } : null;
    }

    private static Statement BindDouble(this Statement statement, double? value) =>
        value is { } number ? statement.Bind(number) : statement.BindNull();

    private static string Base64(IMessage message) => Convert.ToBase64String(message.ToByteArray());

    private static Value ReadText(string text)
    {
        if (!text.StartsWith(StoredText.StructPrefix, StringComparison.Ordinal))
            return new Value { StringValue = text };
        try
        {
            return new Value { StructValue = Struct.Parser.ParseFrom(Decode(text[StoredText.StructPrefix.Length..])) };
        }
        catch (Exception failure) when (failure is FormatException or InvalidProtocolBufferException)
        {
            // A plain string that MLMD was given, and which it now refuses to read.
            return new Value { StringValue = text };
        }
    }

    private static Any ReadMessage(string text)
    {
        try
        {
            return Any.Parser.ParseFrom(Decode(text));
        }
        catch (Exception failure) when (failure is FormatException or InvalidProtocolBufferException)
        {
            throw StoreStatus.Internal("A stored property of type PROTO cannot be read.");
        }
    }

    // White space is skipped by the framework; padding may be missing.
    private static byte[] Decode(string text)
    {
        var length = text.Count(character => !char.IsWhiteSpace(character));
        return Convert.FromBase64String(text.EndsWith('=') ? text : text + new string('=', (4 - (length % 4)) % 4));
    }
}
