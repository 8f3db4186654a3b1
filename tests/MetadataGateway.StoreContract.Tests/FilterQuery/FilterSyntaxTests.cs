using Grpc.Core;
using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

public sealed class FilterSyntaxTests
{
    [Theory]
    [InlineData("id=1")]
    [InlineData(" id\r\n=\t1\u00a0\v\f")]
    [InlineData("id = 1 -- the first")]
    [InlineData("# all\nid /* the\nkey */ = 1")]
    [InlineData("id = 1--1")]
    [InlineData("Id = 1 aNd NAME is Not null")]
    [InlineData("NOT NOT id = 1")]
    [InlineData("id NOT IN (1, 2) AND id NOT BETWEEN 1 AND 2 AND name NOT LIKE 'a'")]
    [InlineData("id BETWEEN 1 AND 2 AND id = 1")]
    [InlineData("(id IS NULL) IS NOT TRUE")]
    [InlineData("id IN (1, id + 1, (2))")]
    [InlineData("((((id)))) = - - 1")]
    [InlineData("TRUE")]
    [InlineData("TRUE IS NOT FALSE")]
    [InlineData("properties.1a.int_value = 1 AND properties.select.int_value = 1 AND properties.5.int_value = 1")]
    [InlineData("custom_properties.`a.b`.int_value = 1 AND custom_properties.`a-b/c d é 'x' -- (`.int_value = 1")]
    [InlineData("properties.`a+*?([$^|`.int_value = 1")]
    [InlineData("contexts_0.id = 1 AND contexts__.id = 1 AND contexts_contexts_a.id = 1 AND events_IN.type = INPUT")]
    [InlineData("contexts_a.NAME = 'a'")]
    public void Compile_OfTheLanguage_IsTaken(string filterQuery)
    {
        var condition = FilterQueryCompiler.Compile(filterQuery, NodeKind.Artifact);

        Assert.NotEmpty(condition.Sql);
    }

    [Theory]
    [InlineData(" ", 1)]
    [InlineData("-- nothing", 10)]
    [InlineData("id ==", 4)]
    [InlineData("id == 1", 4)]
    [InlineData("id = ", 5)]
    [InlineData("= 1", 0)]
    [InlineData("id = 1 AND", 10)]
    [InlineData("AND", 0)]
    [InlineData("(id = 1", 7)]
    [InlineData("id = 1)", 6)]
    [InlineData("id IN ()", 7)]
    [InlineData("id IN (1,)", 9)]
    [InlineData("id IN 1", 6)]
    [InlineData("id NOT = 1", 7)]
    [InlineData("id = 1;", 6)]
    [InlineData("id = 1 && id = 2", 7)]
    [InlineData("!TRUE", 0)]
    [InlineData("SELECT 1", 7)]
    [InlineData("1 < 2 < 3", 6)]
    [InlineData("id = 1 = TRUE", 7)]
    [InlineData("id IS NULL = TRUE", 11)]
    [InlineData("id IS 1", 6)]
    [InlineData("id = NOT TRUE", 5)]
    [InlineData("id LIKE", 7)]
    [InlineData("id BETWEEN 1", 12)]
    [InlineData("id BETWEEN 1 OR 2", 13)]
    [InlineData("name = 'open", 7)]
    [InlineData("id = 1 /* open", 8)]
    [InlineData("properties.`open", 10)]
    [InlineData("LOWER(name) = 'a'", 5)]
    [InlineData("name || 'a' = 'b'", 5)]
    public void Compile_NotOfTheLanguage_IsInvalidAndSaysWhere(string filterQuery, int position)
    {
        var fault = Assert.Throws<RpcException>(() => FilterQueryCompiler.Compile(filterQuery, NodeKind.Artifact));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.StartsWith($"The filter_query is invalid: at position {position}: ", fault.Status.Detail);
    }

    [Fact]
    public void Compile_AnyFilter_WritesNothingOfItIntoTheSql()
    {
        var condition = FilterQueryCompiler.Compile(
            "contexts_evil.name = 'evil1' AND properties.`evil2' OR 1=1 --`.string_value != \"evil3\" "
            + "AND id IN (666) AND name LIKE '%evil4'",
            NodeKind.Artifact);

        Assert.DoesNotContain("evil", condition.Sql);
        Assert.DoesNotContain("666", condition.Sql);
        Assert.Equal(condition.Parameters.Count, condition.Sql.Count(character => character == '?'));
        Assert.Equal(new object[] { 666L, "%evil4", "evil1", "evil2' OR 1=1 --", "evil3" }, condition.Parameters);
    }
}
