using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Properties;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.Tests.Properties;

public sealed class PropertyValueReaderTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("""{"@int":"9007199254740993"}""", 9007199254740993)]
    [InlineData("""{"@int":"-5"}""", -5)]
    public void Read_OfAnInteger_GivesAnInt(string json, long expected)
    {
        var value = Read(json);

        Assert.Equal(new Value { IntValue = expected }, value);
    }

    [Theory]
    [InlineData("1.0", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("-0.0", -0.0)]
    [InlineData("1E-400", 0)]
    [InlineData("""{"@double":"1"}""", 1)]
    [InlineData("""{"@double":"-2.5e-3"}""", -0.0025)]
    public void Read_OfANumberWithFractionOrExponent_GivesADouble(string json, double expected)
    {
        var value = Read(json);

        Assert.Equal(new Value { DoubleValue = expected }, value);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.5", 1.5)]
    [InlineData("100000000000000000000", 1e20)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("""{"@double":"7"}""", 7)]
    public void Read_OfADeclaredDouble_TakesBothKindsOfNumber(string json, double expected)
    {
        var value = Read(json, PropertyType.Double);

        Assert.Equal(new Value { DoubleValue = expected }, value);
    }

    [Fact]
    public void Read_OfTextAndFlags_GivesStringsAndBooleans()
    {
        Assert.Equal(new Value { StringValue = "" }, Read("\"\""));
        Assert.Equal(new Value { StringValue = "😀" }, Read(@"""\ud83d\ude00"""));
        Assert.Equal(new Value { BoolValue = true }, Read("true", PropertyType.Boolean));
        Assert.Equal(new Value { BoolValue = false }, Read("false"));
    }

    [Fact]
    public void Read_OfAnArray_GivesAStructWithTheMemberList()
    {
        var value = Read("""[1,{"a":null}]""", PropertyType.Struct);

        Assert.Equal(Struct.Parser.ParseJson("""{"list":[1,{"a":null}]}"""), value!.StructValue);
    }

    [Fact]
    public void Read_OfAProto_TakesTypeUrlAndBytes()
    {
        var value = Read("""{"@proto":{"value":"AQID","typeUrl":"a/b"}}""", PropertyType.Proto);

        Assert.Equal("a/b", value!.ProtoValue.TypeUrl);
        Assert.Equal([1, 2, 3], value.ProtoValue.Value.ToByteArray());
    }

    [Theory]
    [InlineData("1", PropertyType.String, "STRING", "INT")]
    [InlineData("1.0", PropertyType.Int, "INT", "DOUBLE")]
    [InlineData("\"1\"", PropertyType.Int, "INT", "STRING")]
    [InlineData("\"1\"", PropertyType.Double, "DOUBLE", "STRING")]
    [InlineData("""{"@int":"1"}""", PropertyType.Double, "DOUBLE", "INT")]
    [InlineData("1", PropertyType.Boolean, "BOOLEAN", "INT")]
    [InlineData("true", PropertyType.Struct, "STRUCT", "BOOLEAN")]
    [InlineData("{}", PropertyType.Proto, "PROTO", "STRUCT")]
    [InlineData("[]", PropertyType.String, "STRING", "STRUCT")]
    public void Read_OfAnotherKindThanDeclared_IsAFaultThatNamesBoth(string json, PropertyType declared, string expected, string given)
    {
        var fault = Fault(json, declared);

        Assert.Equal("p", fault.Path);
        Assert.Equal($"The type declares {expected} here; this is {given}.", fault.Message);
    }

    [Theory]
    [InlineData("9223372036854775808", "p", "int64")]
    [InlineData("1e999", "p", "double")]
    [InlineData("""{"@int":5}""", "p['@int']", "string")]
    [InlineData("""{"@int":"1.0"}""", "p['@int']", "integer")]
    [InlineData("""{"@int":"+1"}""", "p['@int']", "integer")]
    [InlineData("""{"@int":"9223372036854775808"}""", "p['@int']", "int64")]
    [InlineData("""{"@double":"NaN"}""", "p['@double']", "finite")]
    [InlineData("""{"@double":"-Infinity"}""", "p['@double']", "finite")]
    [InlineData("""{"@double":"1e999"}""", "p['@double']", "double")]
    [InlineData("""{"@double":" 1"}""", "p['@double']", "number")]
    [InlineData("""{"@double":1}""", "p['@double']", "string")]
    [InlineData("""{"@struct":[]}""", "p['@struct']", "object")]
    [InlineData("""{"@proto":"x"}""", "p['@proto']", "object")]
    [InlineData("""{"@proto":{"typeUrl":"","value":""}}""", "p['@proto'].typeUrl", "empty")]
    [InlineData("""{"@proto":{"value":""}}""", "p['@proto'].typeUrl", "empty")]
    [InlineData("""{"@proto":{"typeUrl":"a","value":"?"}}""", "p['@proto'].value", "base64")]
    [InlineData("""{"@proto":{"typeUrl":"a","value":"","more":1}}""", "p['@proto']", "nothing else")]
    [InlineData("\"mlmd-struct::\"", "p", "mlmd-struct::")]
    [InlineData("\"__MLMD_NULL__\"", "p", "__MLMD_NULL__")]
    [InlineData(@"""a\u0000b""", "p", "U+0000")]
    [InlineData(@"""\ud800""", "p", "surrogate")]
    [InlineData("""{"a b":[1e999]}""", "p['a b'][0]", "double")]
    [InlineData("""{"a":{"b":9007199254740993}}""", "p.a.b", "string")]
    [InlineData("""[0,"\udc00"]""", "p[1]", "surrogate")]
    [InlineData("""{"\ud800":1}""", "p", "surrogate")]
    [InlineData("""{"a":{"@double":"\ud800"}}""", "p.a['@double']", "surrogate")]
    [InlineData("""{"a":{"\ud800":"x"}}""", "p.a", "surrogate")]
    [InlineData("""{"@proto":{"\ud800":"x"}}""", "p['@proto']", "nothing else")]
    public void Read_OfWhatMlmdCannotHold_IsAFaultAtItsPlace(string json, string path, string inMessage)
    {
        var fault = Fault(json, null);

        Assert.Equal(path, fault.Path);
        Assert.Contains(inMessage, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAStructWithSeveralFaults_NamesThemAll()
    {
        var faults = new List<PropertyFault>();

        var value = Read("""{"a":1e999,"b":[9007199254740993],"c":"fine"}""", null, faults);

        Assert.Null(value);
        Assert.Equal(["p.a", "p.b[0]"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Read_OfNull_IsLeftToTheCaller() => Assert.Null(Read("null", PropertyType.Int));

    [Theory]
    [InlineData("mlmd-struct::x")]
    [InlineData("a\\u0000")]
    public void Read_InsideAStruct_TakesTextsThatMlmdMisreadsElsewhere(string text)
    {
        var value = Read($$"""{"a":"{{text}}"}""");

        Assert.Equal(System.Text.RegularExpressions.Regex.Unescape(text), value!.StructValue.Fields["a"].StringValue);
    }

    private static PropertyFault Fault(string json, PropertyType? declared)
    {
        var faults = new List<PropertyFault>();
        Assert.Null(Read(json, declared, faults));
        return Assert.Single(faults);
    }

    private static Value? Read(string json, PropertyType? declared = null)
    {
        var faults = new List<PropertyFault>();
        var value = Read(json, declared, faults);
        Assert.Empty(faults);
        return value;
    }

    private static Value? Read(string json, PropertyType? declared, List<PropertyFault> faults)
    {
        using var document = JsonDocument.Parse(json);
        return PropertyValueReader.Read(document.RootElement, declared, "p", faults);
    }
}
