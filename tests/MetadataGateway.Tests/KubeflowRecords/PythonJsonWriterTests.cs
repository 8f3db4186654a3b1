using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Tests.KubeflowRecords;

public sealed class PythonJsonWriterTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,2],"c":{},"d":[],"e":null,"f":true,"g":false}""",
        """{"a": 1, "b": [1, 2], "c": {}, "d": [], "e": null, "f": true, "g": false}""")]
    [InlineData("[[ ],{ }, 0 ]", "[[], {}, 0]")]
    [InlineData("\"/<>&'+\"", "\"/<>&'+\"")]
    [InlineData(@"""\""\\\/\b\f\n\r\t""", @"""\""\\/\b\f\n\r\t""")]
    [InlineData(@"""\u001f\u007f\u00a0\u00e9\u2028\uFFFD""", @"""\u001f\u007f\u00a0\u00e9\u2028\ufffd""")]
    [InlineData("\"😀\"", @"""\ud83d\ude00""")]
    [InlineData(@"[""\ud800"",""a\udfffb""]", @"[""\ud800"", ""a\udfffb""]")]
    [InlineData("""{"ключ":"\u0000"}""", @"{""\u043a\u043b\u044e\u0447"": ""\u0000""}")]
    public void Write_OfAnyValue_GivesPythonsForm(string json, string expected)
    {
        var text = PythonJsonWriter.Write(JsonNode.Parse(json));

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("-0.0")]
    [InlineData("1E5")]
    [InlineData("1e+22")]
    [InlineData("1e-07")]
    [InlineData("1e999")]
    [InlineData("0.10000000000000000000")]
    [InlineData("123456789012345678901234567890")]
    public void Write_OfANumber_KeepsItsToken(string token)
    {
        var node = JsonSerializer.Deserialize<JsonObject>($$"""{"a":[{{token}}]}""");

        Assert.Equal($$"""{"a": [{{token}}]}""", PythonJsonWriter.Write(node));
        Assert.Equal($$"""{"a": [{{token}}]}""", PythonJsonWriter.Write(node!.DeepClone()));
    }

    [Fact]
    public void Write_OfNumbersMadeInCode_GivesPythonsNumbers()
    {
        var node = new JsonArray(1, long.MaxValue, 1.0, 0.5, double.NaN, double.NegativeInfinity);

        Assert.Equal("[1, 9223372036854775807, 1.0, 0.5, NaN, -Infinity]", PythonJsonWriter.Write(node));
    }

    [Theory]
    [InlineData("""{"loss":{"@double":"NaN"}}""", """{"loss": NaN}""")]
    [InlineData("""[{"@double":"Infinity"},{"@double":"-Infinity"}]""", "[Infinity, -Infinity]")]
    [InlineData("""{"a":{"@double":"nan"}}""", """{"a": {"@double": "nan"}}""")]
    [InlineData("""{"a":{"@double":"1"}}""", """{"a": {"@double": "1"}}""")]
    [InlineData("""{"a":{"@double":null}}""", """{"a": {"@double": null}}""")]
    [InlineData("""{"a":{"@double":"NaN","b":1}}""", """{"a": {"@double": "NaN", "b": 1}}""")]
    public void Write_OfNumbersThatAreNone_GivesPythonsWords(string json, string expected)
    {
        var text = PythonJsonWriter.Write(JsonNode.Parse(json));

        Assert.Equal(expected, text);
    }

    [Fact]
    public void WriteObject_OfAnObjectLikeANumber_GivesAnObject()
    {
        var members = new JsonObject { ["@double"] = "NaN" };

        Assert.Equal("""{"@double": "NaN"}""", PythonJsonWriter.WriteObject(members));
    }

    [Fact]
    public void Write_OfNothing_GivesNull() => Assert.Equal("null", PythonJsonWriter.Write(null));

    [Property(MaxTest = 1000)]
    public void Write_OfAnyText_IsAsciiAndReadsBackTheSame(char[] characters)
    {
        var expected = new string(characters ?? []);

        var text = PythonJsonWriter.Write(new JsonObject { [expected] = JsonValue.Create(expected) });

        Assert.All(text, character => Assert.InRange(character, ' ', '~'));
        Assert.True(PythonJsonReader.TryReadObject(text, out var read));
        Assert.Equal(expected, read[expected]!.GetValue<string>());
    }
}
