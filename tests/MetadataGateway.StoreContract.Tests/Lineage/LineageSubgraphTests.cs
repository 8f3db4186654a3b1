using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MlMetadata;
using Direction = MlMetadata.LineageSubgraphQueryOptions.Types.Direction;
using EndingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.EndingNodes;
using EventType = MlMetadata.Event.Types.Type;
using StartingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.StartingNodes;

namespace MetadataGateway.StoreContract.Tests.Lineage;

public sealed class LineageSubgraphTests
{
    [Theory]
    [InlineData(true, 0, "a1")]
    [InlineData(true, 1, "a1 e1 e2 a1-Input-e1 a1-Input-e2")]
    [InlineData(true, 2, "a1 a2 e1 e2 a1-Input-e1 a1-Input-e2 a2-Input-e2 a2-Output-e1")]
    [InlineData(true, 100, "a1 a2 e1 e2 a1-Input-e1 a1-Input-e2 a2-Input-e2 a2-Output-e1")]
    [InlineData(false, 1, "a1 a2 e2 a1-Input-e2 a2-Input-e2")]
    [InlineData(false, 2, "a1 a2 e1 e2 a1-Input-e1 a1-Input-e2 a2-Input-e2 a2-Output-e1")]
    public void Query_SmallGraph_CollectsHopByHop(bool fromArtifact, long hops, string expected)
    {
        using var database = new LineageDatabase(artifacts: 2, executions: 2);
        database.AddEvent(1, EventType.Input, 1);
        database.AddEvent(2, EventType.Output, 1);
        database.AddEvent(1, EventType.Input, 2);
        database.AddEvent(2, EventType.Input, 2);

        var graph = database.Query(fromArtifact ? FromArtifacts("id = 1", hops) : FromExecutions("id = 2", hops));

        Assert.Equal(expected, LineageDatabase.Describe(graph));
    }

    [Theory]
    [InlineData(Direction.Upstream, "a1 a2 e1 a1-Input-e1 a2-Output-e1")]
    [InlineData(Direction.Downstream, "a2 a3 e2 a2-Input-e2 a3-Output-e2")]
    [InlineData(Direction.Bidirectional, "a1 a2 a3 e1 e2 a1-Input-e1 a2-Input-e2 a2-Output-e1 a3-Output-e2")]
    public void Query_WithDirection_FollowsItsEvents(Direction direction, string expected)
    {
        using var database = Chain(2);
        var options = FromArtifacts("id = 2");
        options.Direction = direction;

        var graph = database.Query(options);

        Assert.Equal(expected, LineageDatabase.Describe(graph));
    }

    [Fact]
    public void Query_WithoutHops_GoesAHundred()
    {
        using var database = Chain(120);

        var graph = database.Query(FromArtifacts("id = 1"));

        Assert.Equal(51, graph.Artifacts.Count);
        Assert.Equal(50, graph.Executions.Count);
        Assert.Equal(100, graph.Events.Count);
    }

    [Fact]
    public void Query_ManyStartingNodes_TakesTheFirst101()
    {
        using var database = new LineageDatabase(artifacts: 150, executions: 0);

        var graph = database.Query(FromArtifacts("id > 10"));

        Assert.Equal(Enumerable.Range(11, 101).Select(id => (long)id), graph.Artifacts.Select(artifact => artifact.Id));
    }

    [Fact]
    public void Query_WideHop_ReturnsAllOfIt()
    {
        const int Wide = 40_000;
        using var database = new LineageDatabase(artifacts: Wide, executions: 1);
        database.Execute("INSERT INTO Event (artifact_id, execution_id, type) SELECT id, 1, 4 FROM Artifact");
        database.Execute("INSERT INTO Context (type_id, name) VALUES (3, 'c')");
        database.Execute("INSERT INTO Attribution (context_id, artifact_id) SELECT 1, id FROM Artifact");

        var graph = database.Query(FromArtifacts("id = 7"));

        Assert.Equal(Wide, graph.Artifacts.Count);
        Assert.Equal(Wide, graph.Events.Count);
        Assert.Equal(Wide, graph.Attributions.Count);
        Assert.Equal(1, Assert.Single(graph.Contexts).Id);
    }

    [Theory]
    [InlineData(false, "a1 a2 e1 a1-Input-e1 a2-Output-e1")]
    [InlineData(true, "a1 a2 e1 e2 a1-Input-e1 a2-Input-e2 a2-Output-e1")]
    public void Query_WithEndingExecution_DoesNotWalkOnFromIt(bool isIncluded, string expected)
    {
        using var database = Chain(2);
        var options = FromArtifacts("id = 1");
        options.EndingExecutions = new EndingNodes { FilterQuery = "name = 'e2'", IncludeEndingNodes = isIncluded };

        var graph = database.Query(options);

        Assert.Equal(expected, LineageDatabase.Describe(graph));
    }

    [Fact]
    public void Query_EmptyEndingFilter_EndsAtEveryNode()
    {
        using var database = Chain(2);
        var options = FromExecutions("id = 1");
        options.EndingArtifacts = new EndingNodes { FilterQuery = "", IncludeEndingNodes = true };

        var graph = database.Query(options);

        Assert.Equal("a1 a2 e1 a1-Input-e1 a2-Output-e1", LineageDatabase.Describe(graph));
    }

    [Fact]
    public void Query_EndingFilterNotSet_EndsNowhere()
    {
        using var database = Chain(1);
        var options = FromExecutions("id = 1");
        options.EndingArtifacts = new EndingNodes { IncludeEndingNodes = true };

        var graph = database.Query(options);

        Assert.Equal("a1 a2 e1 a1-Input-e1 a2-Output-e1", LineageDatabase.Describe(graph));
    }

    [Fact]
    public void Query_EndsMissingFromTheFile_ArePassedOver()
    {
        using var database = new LineageDatabase(artifacts: 1, executions: 1);
        database.AddEvent(1, EventType.Input, 1);
        database.AddEvent(99, EventType.Input, 1);
        database.AddEvent(1, EventType.Output, 99);
        database.Execute("INSERT INTO Attribution (context_id, artifact_id) VALUES (99, 1)");

        var graph = database.Query(FromArtifacts("id = 1"));

        Assert.Equal("a1 e1 a1-Input-e1", LineageDatabase.Describe(graph));
        Assert.Empty(graph.Attributions);
        Assert.Empty(graph.Contexts);
    }

    [Fact]
    public void Query_WithoutMask_ReturnsAllTypesAndOnlyIdsOfNodes()
    {
        using var database = new LineageDatabase(artifacts: 1, executions: 0);

        var graph = database.Query(FromArtifacts("id = 1"));

        Assert.Equal(new Artifact { Id = 1 }, Assert.Single(graph.Artifacts));
        Assert.Equal("A", Assert.Single(graph.ArtifactTypes).Name);
        Assert.Equal("E", Assert.Single(graph.ExecutionTypes).Name);
        Assert.Equal("C", Assert.Single(graph.ContextTypes).Name);
    }

    [Theory]
    [InlineData("executions", "e1")]
    [InlineData("events", "a1-Input-e1 a2-Output-e1")]
    [InlineData("artifacts.id", "")]
    [InlineData("nosuch", "")]
    public void Query_WithMask_ReturnsTheFieldsItNames(string path, string expected)
    {
        using var database = Chain(1);

        var graph = database.Query(FromArtifacts("id = 1"), new FieldMask { Paths = { path } });

        Assert.Equal(expected, LineageDatabase.Describe(graph));
        Assert.Empty(graph.ArtifactTypes);
    }

    [Theory]
    [InlineData("id = 99", null, StatusCode.NotFound)]
    [InlineData("id =", null, StatusCode.InvalidArgument)]
    [InlineData("id = 99", "id =", StatusCode.NotFound)]
    [InlineData("id = 1", "id =", StatusCode.InvalidArgument)]
    [InlineData("id = 1", "uri = ''", StatusCode.InvalidArgument)]
    public void Query_BadFilter_IsRefused(string starting, string? endingExecutions, StatusCode expected)
    {
        using var database = Chain(1);
        var options = FromArtifacts(starting);
        if (endingExecutions is not null)
            options.EndingExecutions = new EndingNodes { FilterQuery = endingExecutions };

        var fault = Assert.Throws<RpcException>(() => database.Query(options));

        Assert.Equal(expected, fault.StatusCode);
    }

    // a1 -> e1 -> a2 -> e2 -> a3 ...
    private static LineageDatabase Chain(int executions)
    {
        var database = new LineageDatabase(executions + 1, executions);
        for (var id = 1; id <= executions; id++)
        {
            database.AddEvent(id, EventType.Input, id);
            database.AddEvent(id + 1, EventType.Output, id);
        }
        return database;
    }

    private static LineageSubgraphQueryOptions FromArtifacts(string filterQuery, long? hops = null)
    {
        var options = new LineageSubgraphQueryOptions { StartingArtifacts = new StartingNodes { FilterQuery = filterQuery } };
        if (hops is { } given)
            options.MaxNumHops = given;
        return options;
    }

    private static LineageSubgraphQueryOptions FromExecutions(string filterQuery, long? hops = null)
    {
        var options = new LineageSubgraphQueryOptions { StartingExecutions = new StartingNodes { FilterQuery = filterQuery } };
        if (hops is { } given)
            options.MaxNumHops = given;
        return options;
    }
}
