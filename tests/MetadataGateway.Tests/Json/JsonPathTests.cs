using MetadataGateway.Json;

namespace MetadataGateway.Tests.Json;

public sealed class JsonPathTests
{
    [Theory]
    [InlineData("$", "name", "name")]
    [InlineData("", "name", "name")]
    [InlineData("labels", "team", "labels.team")]
    [InlineData("labels", "a.b", "labels['a.b']")]
    [InlineData("labels", "", "labels['']")]
    [InlineData("labels", "1a", "labels['1a']")]
    [InlineData("labels", "it's \\", @"labels['it\'s \\']")]
    [InlineData("$", "a b", "['a b']")]
    [InlineData("outputs[0]", "uri", "outputs[0].uri")]
    [InlineData("customProperties", "@int", "customProperties['@int']")]
    public void Member_OfAnyName_QuotesOddOnes(string parent, string name, string expected) =>
        Assert.Equal(expected, JsonPath.Member(parent, name));

    [Theory]
    [InlineData("$", "$[3]")]
    [InlineData("outputs", "outputs[3]")]
    public void Item_OfAnArray_HasItsIndex(string parent, string expected) => Assert.Equal(expected, JsonPath.Item(parent, 3));
}
