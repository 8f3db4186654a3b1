using Grpc.Core;
using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

public sealed class FilterTypeTests
{
    [Theory]
    [InlineData("id = 1.0")]
    [InlineData("1 = id")]
    [InlineData("id IN (1, 2.5, NULL)")]
    [InlineData("properties.a.int_value = properties.b.double_value")]
    [InlineData("properties.a.bool_value")]
    [InlineData("NOT properties.a.bool_value")]
    [InlineData("(id IS NULL) = FALSE")]
    [InlineData("name < uri")]
    [InlineData("name LIKE uri")]
    [InlineData("-id / 2 + 1 > 0.5 * (id - 1)")]
    [InlineData("state IS NULL OR state IS NOT NULL")]
    [InlineData("NULL IS NULL")]
    [InlineData("'a' = \"a\"")]
    public void Compile_WithFittingTypes_IsTaken(string filterQuery)
    {
        var condition = FilterQueryCompiler.Compile(filterQuery, NodeKind.Artifact);

        Assert.NotEmpty(condition.Sql);
    }

    [Theory]
    [InlineData("id", 0)]
    [InlineData("'a'", 0)]
    [InlineData("NULL", 0)]
    [InlineData("id + 1", 3)]
    [InlineData("state", 0)]
    [InlineData("TRUE AND id", 9)]
    [InlineData("NOT name", 4)]
    [InlineData("id = '1'", 5)]
    [InlineData("name = 1", 7)]
    [InlineData("TRUE = 1", 7)]
    [InlineData("properties.a.bool_value = 1", 26)]
    [InlineData("id = NULL", 5)]
    [InlineData("id IN (1, 'a')", 10)]
    [InlineData("id BETWEEN 1 AND 'a'", 17)]
    [InlineData("id BETWEEN NULL AND 2", 11)]
    [InlineData("name LIKE 1", 10)]
    [InlineData("id LIKE 'a'", 0)]
    [InlineData("name LIKE NULL", 10)]
    [InlineData("name + 1 = 2", 0)]
    [InlineData("-TRUE", 1)]
    [InlineData("id IS TRUE", 0)]
    public void Compile_WithTypesThatDoNotFit_IsInvalidAndSaysWhere(string filterQuery, int position)
    {
        var fault = Assert.Throws<RpcException>(() => FilterQueryCompiler.Compile(filterQuery, NodeKind.Artifact));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.StartsWith($"The filter_query is invalid: at position {position}: ", fault.Status.Detail);
    }

    [Theory]
    [InlineData("state = LIVE")]
    [InlineData("state!=LIVE")]
    [InlineData("state in (LIVE,PENDING)")]
    [InlineData("state NOT IN ( LIVE )")]
    [InlineData("state = LIVE OR state = LIVE OR state != LIVE")]
    [InlineData("state = ABANDONED OR state = REFERENCE")]
    [InlineData("events_A.type = PENDING_OUTPUT OR events_A.type = UNKNOWN")]
    public void Compile_EnumerationTest_IsTaken(string filterQuery)
    {
        var condition = FilterQueryCompiler.Compile(filterQuery, NodeKind.Artifact);

        Assert.NotEmpty(condition.Sql);
    }

    [Theory]
    [InlineData("state = NOSUCH")]
    [InlineData("state = live")]
    [InlineData("state = 'LIVE'")]
    [InlineData("state = 2")]
    [InlineData("state = NULL")]
    [InlineData("state = (LIVE)")]
    [InlineData("(state) = LIVE")]
    [InlineData("LIVE = state")]
    [InlineData("STATE = LIVE")]
    [InlineData("state <> LIVE")]
    [InlineData("state < LIVE")]
    [InlineData("state IN(LIVE)")]
    [InlineData("state IN ()")]
    [InlineData("state IN LIVE")]
    [InlineData("state IN (LIVE, 2)")]
    [InlineData("state BETWEEN LIVE AND LIVE")]
    [InlineData("state + 1 = 3")]
    [InlineData("id = state")]
    [InlineData("events_a.TYPE = INPUT")]
    [InlineData("Events_a.type = INPUT")]
    [InlineData("events_a.type = LIVE")]
    public void Compile_OtherFormOfEnumerationTest_IsInvalid(string filterQuery)
    {
        var fault = Assert.Throws<RpcException>(() => FilterQueryCompiler.Compile(filterQuery, NodeKind.Artifact));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }
}
