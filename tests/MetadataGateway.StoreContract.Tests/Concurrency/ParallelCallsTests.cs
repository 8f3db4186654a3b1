using Grpc.Core;
using MetadataGateway.StoreContract.Tests.Files;
using MetadataGateway.StoreContract.Tests.Hosting;
using Microsoft.Data.Sqlite;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Concurrency;

/// <summary>What MLMD on SQLite answers with ABORTED, or with OK and nothing stored (defect D17), when many write at once.</summary>
[Trait("Category", "StoreContract")]
public sealed class ParallelCallsTests
{
    // Two writes each time: some ten thousand in all.
    private const int Writers = 16;
    private const int WritesEach = 313;

    [Theory]
    [InlineData("metadata.db")]
    [InlineData(":memory:")]
    public async Task Put_ManyWritersAtOnce_AllAreStored(string database)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StoreServer.Start(database == ":memory:" ? database : folder.File(database));
        var types = await PutTypes(server);
        var execution = new Execution { TypeId = types.ExecutionTypeIds.Single() };
        var executionId = (await server.Client.PutExecutionsAsync(new PutExecutionsRequest { Executions = { execution } })).ExecutionIds.Single();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var write = 0; write < WritesEach; write++)
            {
                var artifact = new Artifact { TypeId = types.ArtifactTypeIds.Single(), Name = $"{writer}-{write}" };
                var id = (await server.Client.PutArtifactsAsync(new PutArtifactsRequest { Artifacts = { artifact } })).ArtifactIds.Single();
                var given = new Event { ArtifactId = id, ExecutionId = executionId, Type = Event.Types.Type.Output };
                await server.Client.PutEventsAsync(new PutEventsRequest { Events = { given } });
                var read = await server.Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { id } });
                Assert.Equal(artifact.Name, read.Artifacts.Single().Name);
            }
        })));

        var events = await server.Client.GetEventsByExecutionIDsAsync(new GetEventsByExecutionIDsRequest { ExecutionIds = { executionId } });
        Assert.Equal(Writers * WritesEach, events.Events.Select(stored => stored.ArtifactId).Distinct().Count());
    }

    [Fact]
    public async Task Put_ManyIncrementsByComparedTime_AllAreCounted()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StoreServer.Start(folder.File("metadata.db"));
        var types = await PutTypes(server);
        var counter = new Artifact { TypeId = types.ArtifactTypeIds.Single(), CustomProperties = { ["count"] = new Value { IntValue = 0 } } };
        var id = (await server.Client.PutArtifactsAsync(new PutArtifactsRequest { Artifacts = { counter } })).ArtifactIds.Single();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
                done += await TryIncrement(server, id) ? 1 : 0;
        })));

        var stored = (await server.Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { id } })).Artifacts.Single();
        Assert.Equal(80, stored.CustomProperties["count"].IntValue);
    }

    [Fact]
    public async Task Get_WhileAnotherProcessWrites_DoesNotWait()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StoreServer.Start(folder.File("metadata.db"));
        var types = await PutTypes(server);
        using var other = Database.Open(folder.File("metadata.db"));
        Execute(other, "BEGIN IMMEDIATE");
        var artifact = new Artifact { TypeId = types.ArtifactTypeIds.Single() };

        var write = server.Client.PutArtifactsAsync(new PutArtifactsRequest { Artifacts = { artifact } }).ResponseAsync;
        var read = await server.Client.GetArtifactTypesAsync(new GetArtifactTypesRequest());
        var writtenMeanwhile = write.IsCompleted;
        Execute(other, "COMMIT");
        await write;

        Assert.Single(read.ArtifactTypes);
        Assert.False(writtenMeanwhile);
    }

    [Fact]
    public async Task Get_WithAFilterBeyondAllPatience_EndsWithItsCaller()
    {
        using var folder = new TemporaryFolder();
        var server = await StoreServer.Start(folder.File("metadata.db"));
        var types = await PutTypes(server);
        var artifact = new Artifact { TypeId = types.ArtifactTypeIds.Single() };
        await server.Client.PutArtifactsAsync(new PutArtifactsRequest { Artifacts = { artifact } });
        await PutContextsOf(server, types.ContextTypeIds.Single(), artifactId: 1, count: 200);
        // Each alias is free to be any of the 200 contexts, and no choice of all seven will do.
        var filter = string.Join(" AND ", Enumerable.Range(0, 6).Select(alias => $"contexts_{alias}.id < contexts_{alias + 1}.id"))
            + " AND contexts_0.id + contexts_6.id < 0";
        var request = new GetArtifactsRequest { Options = new ListOperationOptions { FilterQuery = filter } };

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.GetArtifactsAsync(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300)));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        // Closing waits for the reads under way.
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task PutContextsOf(StoreServer server, long typeId, long artifactId, int count)
    {
        var contexts = Enumerable.Range(0, count).Select(number => new Context { TypeId = typeId, Name = $"c{number}" });
        var ids = (await server.Client.PutContextsAsync(new PutContextsRequest { Contexts = { contexts } })).ContextIds;
        var links = ids.Select(id => new Attribution { ArtifactId = artifactId, ContextId = id });
        await server.Client.PutAttributionsAndAssociationsAsync(new PutAttributionsAndAssociationsRequest { Attributions = { links } });
    }

    private static async Task<bool> TryIncrement(StoreServer server, long id)
    {
        var read = (await server.Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { id } })).Artifacts.Single();
        read.CustomProperties["count"].IntValue++;
        try
        {
            await server.Client.PutArtifactsAsync(new PutArtifactsRequest
            {
                Artifacts = { read },
                Options = new PutArtifactsRequest.Types.Options { AbortIfLatestUpdatedTimeChanged = true },
            });
            return true;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
        {
            return false;
        }
    }

    private static async Task<PutTypesResponse> PutTypes(StoreServer server) => await server.Client.PutTypesAsync(new PutTypesRequest
    {
        ArtifactTypes = { new ArtifactType { Name = "A" } },
        ExecutionTypes = { new ExecutionType { Name = "E" } },
        ContextTypes = { new ContextType { Name = "C" } },
    });

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
