using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>What becomes of writes at the same time.</summary>
public sealed class ParallelWriteTests
{
    private const int Writers = 200;

    [Fact]
    public async Task PutEvents_OnSqlite_AllAreOkAndSomeAreLost()
    {
        await using var server = await FilledAsync(MlmdProfile.Sqlite);

        var statuses = await InParallelAsync(i => server.Client.PutEventsAsync(new() { Events = { Link(i) } }));

        Assert.All(statuses, status => Assert.Equal(StatusCode.OK, status));
        Assert.InRange(await CountEventsAsync(server), 1, Writers - 1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task PutLineageSubgraph_OfEventsOnly_LosesNone(string profile)
    {
        await using var server = await FilledAsync(MlmdProfile.Named(profile));

        var statuses = await InParallelAsync(i => server.Client.PutLineageSubgraphAsync(
            new() { EventEdges = { new PutLineageSubgraphRequest.Types.EventEdge { Event = Link(i) } } }));

        Assert.All(statuses, status => Assert.Equal(StatusCode.OK, status));
        Assert.Equal(Writers, await CountEventsAsync(server));
    }

    [Fact]
    public async Task PutLineageSubgraph_WithAnUnchangedExecutionOnSqlite_LosesSome()
    {
        await using var server = await FilledAsync(MlmdProfile.Sqlite);
        var execution = (await server.Client.GetExecutionsAsync(new())).Executions.Single();

        var statuses = await InParallelAsync(i => server.Client.PutLineageSubgraphAsync(
            new() { Executions = { execution }, EventEdges = { new PutLineageSubgraphRequest.Types.EventEdge { ExecutionIndex = 0, Event = Link(i) } } }));

        Assert.InRange(await CountEventsAsync(server), 1, statuses.Count(status => status == StatusCode.OK) - 1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task PutArtifacts_OfMany_AbortsFewAndLosesNone(string profile)
    {
        await using var server = await FilledAsync(MlmdProfile.Named(profile));

        var statuses = await InParallelAsync(_ => server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { TypeId = 10 } } }));

        Assert.All(statuses, status => Assert.True(status is StatusCode.OK or StatusCode.Aborted, $"{status}"));
        Assert.InRange(statuses.Count(status => status == StatusCode.Aborted), 1, Writers / 10);
        Assert.Equal(Writers + statuses.Count(status => status == StatusCode.OK), (await server.Inner.GetArtifactsAsync(new())).Artifacts.Count);
    }

    [Fact]
    public async Task Update_OnMySql_AbortsTheFirstTryOfEveryOther()
    {
        await using var server = await FilledAsync(MlmdProfile.MySql);
        var put = new PutArtifactsRequest { Artifacts = { new Artifact { Id = 1, TypeId = 10, Uri = "u" } } };

        var statuses = new List<StatusCode>();
        for (var i = 0; i < 5; i++)
        {
            statuses.Add(await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(put)));
        }

        Assert.Equal([StatusCode.Aborted, StatusCode.OK, StatusCode.OK, StatusCode.Aborted, StatusCode.OK], statuses);
    }

    [Fact]
    public async Task Update_CheckedOnPostgreSql_IsLostOrDeadlocked()
    {
        await using var server = await FilledAsync(MlmdProfile.PostgreSql);
        var read = (await server.Client.GetArtifactsByIDAsync(new() { ArtifactIds = { 1 } })).Artifacts[0];

        var statuses = await InParallelAsync(i =>
        {
            var changed = read.Clone();
            changed.Uri = $"u{i}";
            return server.Client.PutArtifactsAsync(new() { Artifacts = { changed }, Options = new() { AbortIfLatestUpdatedTimeChanged = true } });
        });
        var stale = await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(new() { Artifacts = { read }, Options = new() { AbortIfLatestUpdatedTimeChanged = true } }));

        Assert.True(statuses.Count(status => status == StatusCode.OK) > 1);
        Assert.Contains(StatusCode.Internal, statuses);
        Assert.Equal(StatusCode.FailedPrecondition, stale);
    }

    private static Event Link(int index) => new() { ArtifactId = index + 1, ExecutionId = 1, Type = Event.Types.Type.Input };

    private static async Task<int> CountEventsAsync(ProfileServer server) =>
        (await server.Inner.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { 1 } })).Events.Count;

    // Each caller begins on a thread of its own, so that they meet.
    private static async Task<IReadOnlyList<StatusCode>> InParallelAsync<TResponse>(Func<int, AsyncUnaryCall<TResponse>> call) =>
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() => ProfileServer.StatusOf(call(i)))));

    private static async Task<ProfileServer> FilledAsync(MlmdProfile profile)
    {
        var server = new ProfileServer(profile);
        var typeId = await server.TypeAsync();
        await server.Client.PutArtifactsAsync(new() { Artifacts = { Enumerable.Range(0, Writers).Select(_ => new Artifact { TypeId = typeId }) } });
        await server.Client.PutExecutionsAsync(new() { Executions = { new Execution { TypeId = await server.ExecutionTypeAsync() } } });
        return server;
    }
}
