using Grpc.Core;
using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

public sealed class FilterLiteralTests
{
    [Theory]
    [InlineData("'a'", "a")]
    [InlineData("\"a\"", "a")]
    [InlineData("''", "")]
    [InlineData("'it\\'s'", "it's")]
    [InlineData("'say \"it\"'", "say \"it\"")]
    [InlineData("\"say \\\"it\\\"\"", "say \"it\"")]
    [InlineData("'\\\\'", "\\")]
    [InlineData("'\\a\\b\\f\\n\\r\\t\\v\\?\\`'", "\a\b\f\n\r\t\v?`")]
    [InlineData("'\\x41\\X42\\103'", "ABC")]
    [InlineData("'\\u00e9\\U0001F600'", "é😀")]
    [InlineData("r'\\n'", "\\n")]
    [InlineData("R\"it\\\"s\"", "it\\\"s")]
    [InlineData("'''it's\n''two'''", "it's\n''two")]
    [InlineData("\"\"\"a\"b\"\"\"", "a\"b")]
    [InlineData("''''''", "")]
    [InlineData("r'''\\d\n'''", "\\d\n")]
    [InlineData("'state = LIVE -- # /* properties.a.int_value'", "state = LIVE -- # /* properties.a.int_value")]
    [InlineData("'uri'", "uri")]
    public void Compile_StringLiteral_IsReadAsGoogleSqlReadsIt(string literal, string value)
    {
        var condition = FilterQueryCompiler.Compile($"uri = {literal}", NodeKind.Artifact);

        Assert.Equal([value], condition.Parameters);
    }

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("007", 7L)]
    [InlineData("0x1F", 31L)]
    [InlineData("0Xff", 255L)]
    [InlineData("-5", -5L)]
    [InlineData("+5", 5L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("-0x8000000000000000", long.MinValue)]
    [InlineData("9223372036854775808", 9223372036854775808d)]
    [InlineData("18446744073709551615", 18446744073709551615d)]
    [InlineData("0.5", 0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5.0)]
    [InlineData("1e0", 1.0)]
    [InlineData("1.5E-2", 0.015)]
    public void Compile_NumberLiteral_KeepsItsValue(string literal, object value)
    {
        var condition = FilterQueryCompiler.Compile($"id < {literal}", NodeKind.Artifact);

        Assert.Equal([value], condition.Parameters);
    }

    [Theory]
    [InlineData("'a''b'")]
    [InlineData("'a' 'b'")]
    [InlineData("'a")]
    [InlineData("'a\nb'")]
    [InlineData("'a\\'")]
    [InlineData("'''a''")]
    [InlineData("r 'a'")]
    [InlineData("b'a'")]
    [InlineData("'\\q'")]
    [InlineData("'\\x4'")]
    [InlineData("'\\18'")]
    [InlineData("'\\400'")]
    [InlineData("'\\ud800'")]
    [InlineData("'\\U00110000'")]
    [InlineData("`a`")]
    [InlineData("@name")]
    [InlineData("?")]
    public void Compile_MalformedString_IsInvalid(string literal)
    {
        var fault = Assert.Throws<RpcException>(() => FilterQueryCompiler.Compile($"uri = {literal}", NodeKind.Artifact));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("0x10000000000000000")]
    [InlineData("1e999")]
    [InlineData("0x")]
    [InlineData("1a")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("1 2")]
    public void Compile_MalformedNumber_IsInvalid(string literal)
    {
        var fault = Assert.Throws<RpcException>(() => FilterQueryCompiler.Compile($"id = {literal}", NodeKind.Artifact));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }
}
