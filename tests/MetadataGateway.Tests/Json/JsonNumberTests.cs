using System.Globalization;
using FsCheck.Xunit;
using MetadataGateway.Json;

namespace MetadataGateway.Tests.Json;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("0", 1)]
    [InlineData("-12", 3)]
    [InlineData("1.50", 4)]
    [InlineData("1e5", 3)]
    [InlineData("1E+05,", 5)]
    [InlineData("-0.0e-1]", 7)]
    [InlineData("", 0)]
    [InlineData("-", 0)]
    [InlineData("01", 0)]
    [InlineData("1.", 0)]
    [InlineData("1.e5", 0)]
    [InlineData("1e", 0)]
    [InlineData("1e+", 0)]
    [InlineData(".5", 0)]
    [InlineData("+1", 0)]
    [InlineData("x", 0)]
    public void TokenLength_OfAText_IsThatOfTheNumberItBeginsWith(string text, int expected) =>
        Assert.Equal(expected, JsonNumber.TokenLength(text));

    [Property]
    public void DoubleToken_OfAnyFiniteDouble_IsANonIntegerTokenOfTheSameDouble(long bits)
    {
        var number = BitConverter.Int64BitsToDouble(bits);
        if (!double.IsFinite(number))
            return;

        var token = JsonNumber.DoubleToken(number);

        Assert.True(JsonNumber.IsToken(token) && !JsonNumber.IsInteger(token));
        Assert.Equal(bits, BitConverter.DoubleToInt64Bits(double.Parse(token, CultureInfo.InvariantCulture)));
    }
}
