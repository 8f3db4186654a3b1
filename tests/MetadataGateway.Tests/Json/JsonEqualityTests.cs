using System.Text.Json.Nodes;
using MetadataGateway.Json;

namespace MetadataGateway.Tests.Json;

public sealed class JsonEqualityTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1e5", "100000")]
    [InlineData("0.10", "1E-1")]
    [InlineData("-0", "0.00e7")]
    [InlineData("12345678901234567890", "1.2345678901234567890e19")]
    [InlineData("1e99999999999", "10e99999999998")]
    [InlineData("1e99999999999999999999", "1e99999999999999999999")]
    [InlineData("\"A\"", "\"\\u0041\"")]
    [InlineData("""{"a": [1, null], "b": true}""", """{"b": true, "a": [1.0, null]}""")]
    [InlineData("null", "null")]
    public void AreEqual_OfTheSameMeaning_IsTrue(string one, string other) => Assert.True(Compare(one, other));

    [Theory]
    [InlineData("1", "-1")]
    [InlineData("1", "10")]
    [InlineData("12345678901234567890", "12345678901234567891")]
    [InlineData("1e99999999999999999999", "1e99999999999999999998")]
    [InlineData("1", "\"1\"")]
    [InlineData("true", "false")]
    [InlineData("0", "null")]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("""{"a": null}""", "{}")]
    [InlineData("""{"a": null}""", """{"b": null}""")]
    [InlineData("[]", "{}")]
    public void AreEqual_OfAnotherMeaning_IsFalse(string one, string other) => Assert.False(Compare(one, other));

    private static bool Compare(string one, string other) => JsonEquality.AreEqual(JsonNode.Parse(one), JsonNode.Parse(other));
}
