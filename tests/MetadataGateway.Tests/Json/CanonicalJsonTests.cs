using System.Text.Json;
using MetadataGateway.Json;

namespace MetadataGateway.Tests.Json;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null,{}]}""", """ { "b" : [ true , null , { } ] , "a" : 1 } """)]
    [InlineData("\"\u00e9\\/\\u0041\"", "\"\\u00E9/A\"")]
    [InlineData("1e99999", " 1e99999")]
    public void HashOf_TextsThatSayTheSame_IsEqual(string one, string other) => Assert.Equal(HashOf(one), HashOf(other));

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{},"b":1}""")]
    [InlineData("""["a,b"]""", """["a","b"]""")]
    public void HashOf_TextsThatDoNot_Differs(string one, string other) => Assert.NotEqual(HashOf(one), HashOf(other));

    private static string HashOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return CanonicalJson.HashOf(document.RootElement);
    }
}
