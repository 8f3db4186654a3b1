using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using StructValue = Google.Protobuf.WellKnownTypes.Value;
using Value = MlMetadata.Value;

namespace MetadataGateway.Tests.Properties;

/// <summary>Random MLMD values of every kind that MLMD can hold, with the odd ones drawn often.</summary>
public static class MlmdValues
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("", "a", "@int", "@double", "@struct", "@proto", "list", "struct", "NaN", "-Infinity", "null", "1", "é\u2028", "😀", "\"\\\t"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => Storable(text.Get)));

    private static readonly Gen<long> Ints = Gen.OneOf(
        Gen.Elements(0, -1, 1L << 53, (1L << 53) + 1, -(1L << 53) - 1, long.MaxValue, long.MinValue),
        ArbMap.Default.GeneratorFor<long>());

    private static readonly Gen<double> Doubles = Gen.OneOf(
        Gen.Elements(0.0, -0.0, 1.0, -3.0, 1e15, 1e16, 9007199254740992.0, 9007199254740994.0, 1e300, double.Epsilon, double.MaxValue, 0.1),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get),
        ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite));

    private static readonly Gen<double> StructNumbers = Gen.OneOf(
        Doubles,
        Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity));

    public static Arbitrary<Value> Values()
    {
        var values = Gen.OneOf(
            Ints.Select(number => new Value { IntValue = number }),
            Doubles.Select(number => new Value { DoubleValue = number }),
            Texts.Select(text => new Value { StringValue = text }),
            Gen.Elements(true, false).Select(flag => new Value { BoolValue = flag }),
            Gen.Sized(size => Structs(Math.Min(size, 40))).Select(fields => new Value { StructValue = fields }),
            from typeUrl in Texts.Where(text => text.Length > 0)
            from bytes in ArbMap.Default.GeneratorFor<byte[]>()
            select new Value { ProtoValue = new Any { TypeUrl = typeUrl, Value = ByteString.CopyFrom(bytes ?? []) } });
        return values.ToArbitrary();
    }

    private static Gen<Struct> Structs(int size) =>
        from count in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(0, 4)))
        from names in Texts.ListOf(count)
        from values in StructValues(size / 2).ListOf(count)
        select Fields(names, values);

    private static Gen<StructValue> StructValues(int size)
    {
        var scalars = Gen.OneOf(
            StructNumbers.Select(StructValue.ForNumber),
            Texts.Select(StructValue.ForString),
            Gen.Elements(true, false).Select(StructValue.ForBool),
            Gen.Fresh(StructValue.ForNull));
        if (size == 0)
            return scalars;
        return Gen.Frequency(
            (2, scalars),
            (2, Structs(size / 2).Select(StructValue.ForStruct)),
            (1, Gen.Choose(0, 3).SelectMany(count => StructValues(size / 2).ListOf(count)).Select(items => StructValue.ForList([.. items]))));
    }

    private static Struct Fields(IEnumerable<string> names, IEnumerable<StructValue> values)
    {
        var fields = new Struct();
        foreach (var (name, value) in names.Zip(values))
            fields.Fields[name] = value;
        return fields;
    }

    private static string Storable(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0).Select(rune => rune.ToString()));
}
