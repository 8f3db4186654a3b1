using System.Text;
using System.Text.Json;
using MetadataGateway.Json;

namespace MetadataGateway.Tests.Json;

public sealed class StrictJsonBodyTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" [1, \"a\", null, {\"a\": {}, \"A\": 1}] \r\n")]
    [InlineData("1e999")]
    [InlineData("null")]
    [InlineData(@"{""\ud83d\ude00"": ""\u0000""}")]
    [InlineData("[{\"a\":1},{\"a\":1}]")]
    public void TryParse_OfJson_GivesTheDocument(string body)
    {
        var (document, faults) = Parse(Encoding.UTF8.GetBytes(body));

        Assert.Empty(faults);
        Assert.Equal(body.Trim(), document!.RootElement.GetRawText());
    }

    [Fact]
    public void TryParse_OfABodyWithAByteOrderMark_LetsItPass()
    {
        var (document, faults) = Parse([.. Encoding.UTF8.GetPreamble(), .. "{\"a\":1}"u8]);

        Assert.Empty(faults);
        Assert.Equal(1, document!.RootElement.GetProperty("a").GetInt32());
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData(" \n", 0, "empty")]
    [InlineData("{", 1, "ends too early")]
    [InlineData("{\"a\":", 5, "ends too early")]
    [InlineData("[1,2", 4, "ends too early")]
    [InlineData("[1,]", 3, "unexpected ']' at byte 3")]
    [InlineData("{\"a\":1,}", 7, "unexpected '}' at byte 7")]
    [InlineData("{} {}", 3, "unexpected '{' at byte 3")]
    [InlineData("{}x", 2, "unexpected 'x' at byte 2")]
    [InlineData("{// a\n}", 1, "JSON has no comments")]
    [InlineData("/* a */ {}", 0, "JSON has no comments")]
    [InlineData("{\n \"a\": NaN}", 8, "unexpected 'N' at byte 8")]
    [InlineData("{'a': 1}", 1, "unexpected ''' at byte 1")]
    [InlineData("[\"é\" ü]", 6, "unexpected 'ü' at byte 6")]
    public void TryParse_OfWhatIsNoJson_SaysWhere(string body, long position, string inMessage)
    {
        var (_, faults) = Parse(Encoding.UTF8.GetBytes(body));

        var fault = Assert.Single(faults);
        Assert.Equal("$", fault.Path);
        Assert.Equal(position, fault.Position);
        Assert.Contains(inMessage, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("-")]
    [InlineData("tru")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{1:2}")]
    [InlineData("]")]
    public void TryParse_OfBrokenTokens_IsOneFaultInPlainWords(string body)
    {
        var (document, faults) = Parse(Encoding.UTF8.GetBytes(body));

        Assert.Null(document);
        var fault = Assert.Single(faults);
        Assert.StartsWith("The body is not valid JSON: ", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Position, 0, body.Length);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xff, (byte)'"' }, 1)]
    [InlineData(new byte[] { (byte)'"', 0xc3, (byte)'"' }, 1)]
    [InlineData(new byte[] { (byte)'"', (byte)'a', 0xed, 0xa0, 0x80, (byte)'"' }, 2)]
    public void TryParse_OfBrokenUtf8_SaysWhere(byte[] body, long position)
    {
        var (_, faults) = Parse(body);

        Assert.Equal(new JsonBodyFault("$", "The body is not valid UTF-8.", position), Assert.Single(faults));
    }

    [Fact]
    public void TryParse_OfKeysGivenTwiceAndHalfPairs_NamesThemAllByPath()
    {
        var (_, faults) = Parse(Encoding.UTF8.GetBytes(
            """{"a":[{"b":1},{"b":2,"\u0062":3}],"c":{"a.b":1,"a.b":{"d":"\ud800"}},"a":null,"e":{"\udc00":1},"f":"\ude00\ud83d"}"""));

        Assert.Equal(["a[1].b", "c['a.b']", "c['a.b'].d", "a", "e", "f"], faults.Select(fault => fault.Path));
        Assert.Equal("'b' is given twice.", faults[0].Message);
        Assert.Contains("surrogate", faults[2].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void TryParse_OfDeepJson_StopsAtTheLimit(int depth, bool expected)
    {
        var (document, faults) = Parse(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));

        Assert.Equal(expected, document is not null);
        Assert.All(faults, fault => Assert.Contains("64 levels", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void TryParse_OfFaultsWithoutEnd_NamesAHundred()
    {
        var (_, faults) = Parse(Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Repeat("\"a\":1", 1000)) + "}"));

        Assert.Equal(100, faults.Count);
    }

    private static (JsonDocument? Document, List<JsonBodyFault> Faults) Parse(byte[] body)
    {
        var faults = new List<JsonBodyFault>();
        var parsed = StrictJsonBody.TryParse(body, out var document, faults);
        Assert.Equal(parsed, faults.Count == 0);
        return (document, faults);
    }
}
