using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Tests.KubeflowRecords;

public sealed class PythonJsonReaderTests
{
    [Theory]
    [InlineData("""{"workspace": null, "labels": {"a": "b"}, "kwargs": {}, "n": [1, -2.50, 1e+22]}""")]
    [InlineData("[]")]
    [InlineData("\"NaN\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("-0")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("[NaN, Infinity, -Infinity, {\"a\": NaN}]")]
    [InlineData(@"""\ud800 \u00e9 \\ \"" \n""")]
    [InlineData(@"{""\udc00"": ""\ud83d\ude00""}")]
    public void TryRead_OfPythonsJson_WritesBackTheSameText(string text)
    {
        Assert.True(PythonJsonReader.TryRead(text, out var node));
        Assert.Equal(text, PythonJsonWriter.Write(node));
    }

    [Fact]
    public void TryRead_OfNumbersThatAreNone_GivesMarkers()
    {
        Assert.True(PythonJsonReader.TryRead("""{"a": NaN, "b": [Infinity, -Infinity], "c": "NaN, Infinity"}""", out var node));
        Assert.Equal(
            """{"a":{"@double":"NaN"},"b":[{"@double":"Infinity"},{"@double":"-Infinity"}],"c":"NaN, Infinity"}""",
            node!.ToJsonString());
    }

    [Fact]
    public void TryRead_OfAKeyGivenTwice_KeepsTheLastValueInTheFirstPlace()
    {
        Assert.True(PythonJsonReader.TryReadObject("""{"1": "int", "b": 2, "1": "text"}""", out var read));
        Assert.Equal("""{"1":"text","b":2}""", read.ToJsonString());
    }

    [Fact]
    public void TryRead_OfLooselySpacedJson_TakesIt()
    {
        Assert.True(PythonJsonReader.TryRead(" {\"a\"\t:\r\n[ 1 , 2 ] , \"b\" : { } } \n", out var node));
        Assert.Equal("""{"a":[1,2],"b":{}}""", node!.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1} x")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("\"a\\")]
    [InlineData(@"""\x""")]
    [InlineData(@"""\u12""")]
    [InlineData(@"""\u12g4""")]
    [InlineData("\"\n\"")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("nan")]
    [InlineData("-NaN")]
    [InlineData("NaNa")]
    [InlineData("None")]
    [InlineData("tru")]
    [InlineData("\ufeff{}")]
    [InlineData("// a\n{}")]
    public void TryRead_OfBrokenText_IsFalse(string text)
    {
        Assert.False(PythonJsonReader.TryRead(text, out var node));
        Assert.Null(node);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("NaN")]
    [InlineData("\"{}\"")]
    public void TryReadObject_OfAnythingElse_IsFalse(string text)
    {
        Assert.False(PythonJsonReader.TryReadObject(text, out _));
    }

    [Fact]
    public void TryRead_OfBottomlessText_IsFalse()
    {
        Assert.False(PythonJsonReader.TryRead(new string('[', 1_000_000), out _));
        Assert.False(PythonJsonReader.TryRead(string.Concat(Enumerable.Repeat("{\"a\":", 1_000_000)), out _));
    }

    [Fact]
    public void TryRead_OfDeepText_ReadsAndWritesIt()
    {
        var text = new string('[', PythonJsonReader.MaximumDepth) + new string(']', PythonJsonReader.MaximumDepth);

        Assert.True(PythonJsonReader.TryRead(text, out var node));
        Assert.Equal(text, PythonJsonWriter.Write(node));
    }

    [Fact]
    public void TryRead_OfHalfASurrogatePair_GivesANodeThatServesAsAnAnswer()
    {
        Assert.True(PythonJsonReader.TryRead(@"{""a"": ""x\ud800""}", out var node));

        var answer = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(node, JsonSerializerOptions.Web));

        Assert.Equal("x\ufffd", answer!["a"]!.GetValue<string>());
    }
}
