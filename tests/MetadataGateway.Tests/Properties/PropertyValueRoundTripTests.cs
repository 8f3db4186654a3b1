using System.Text.Json;
using FsCheck.Xunit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Properties;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.Tests.Properties;

public sealed class PropertyValueRoundTripTests
{
    [Property(Arbitrary = [typeof(MlmdValues)], MaxTest = 2000)]
    public void Read_OfWhatWriteWrote_GivesTheSameValue(Value value)
    {
        var text = PropertyValueWriter.Write(value)!.ToJsonString();

        var (read, faults) = Read(text);

        Assert.Empty(faults);
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("""{"@struct":{"@double":"NaN"}}""")]
    [InlineData("""{"@struct":{"@int":{"a":1}}}""")]
    [InlineData("""{"@struct":{"@struct":{"@double":"NaN"}}}""")]
    [InlineData("""{"a":{"@double":"NaN"}}""")]
    [InlineData("""{"a":{"@struct":{"@double":"NaN"}}}""")]
    [InlineData("""{"a":{"@struct":{"@struct":{"@double":"-Infinity"}}}}""")]
    [InlineData("""{"a":{"@double":"1"}}""")]
    [InlineData("""{"a":{"@int":"1"},"b":{"@struct":{"c":null}},"d":{"@proto":[]}}""")]
    [InlineData("""{"@int":"1","b":2}""")]
    [InlineData("""[1,2.5,-0.0,1E+300,[],{"list":[1]},null]""")]
    [InlineData("""{"list":1}""")]
    [InlineData("""{"list":[1],"more":2}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("1.0")]
    [InlineData("-0.0")]
    [InlineData("1E-07")]
    [InlineData("9007199254740992")]
    [InlineData("""{"@int":"9007199254740993"}""")]
    [InlineData("""{"@proto":{"typeUrl":"type.googleapis.com/a.B","value":"AQI="}}""")]
    public void Write_OfWhatReadRead_GivesTheSameText(string json)
    {
        var (value, faults) = Read(json);

        Assert.Empty(faults);
        Assert.Equal(json, PropertyValueWriter.Write(value!)!.ToJsonString(new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }));
    }

    [Fact]
    public void Write_OfAValueWithNoMember_GivesNull() => Assert.Null(PropertyValueWriter.Write(new Value()));

    [Theory]
    [InlineData(47)]
    [InlineData(46)]
    public void Read_OfArraysAsDeepAsMlmdHolds_GivesAValueThatCanBeSent(int depth)
    {
        var (value, faults) = Read(new string('[', depth) + new string(']', depth));

        Assert.Empty(faults);
        Assert.Equal(value, Sent(value!));
    }

    [Fact]
    public void Read_OfObjectsAsDeepAsMlmdHolds_GivesAValueThatCanBeSent()
    {
        var (value, faults) = Read(Objects(32));

        Assert.Empty(faults);
        Assert.Equal(value, Sent(value!));
    }

    [Fact]
    public void Read_NestedTooDeeplyForMlmd_IsAFault()
    {
        var (value, faults) = Read(Objects(34));

        Assert.Null(value);
        Assert.Contains("nested too deeply", Assert.Single(faults).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidProtocolBufferException>(() => Sent(new Value { StructValue = JsonParser.Default.Parse<Struct>(Objects(34)) }));
    }

    private static string Objects(int depth) =>
        string.Concat(Enumerable.Repeat("""{"a":""", depth)) + "1" + new string('}', depth);

    /// <summary>Through the deepest message that carries a node to MLMD.</summary>
    private static Value Sent(Value value)
    {
        var request = new PutLineageSubgraphRequest { Artifacts = { new Artifact { Properties = { ["p"] = value } } } };
        return PutLineageSubgraphRequest.Parser.ParseFrom(request.ToByteArray()).Artifacts[0].Properties["p"];
    }

    private static (Value? Value, List<PropertyFault> Faults) Read(string json)
    {
        var faults = new List<PropertyFault>();
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 200 });
        return (PropertyValueReader.Read(document.RootElement, null, "p", faults), faults);
    }
}
