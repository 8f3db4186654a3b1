using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>What MLMD 1.14 does otherwise than its successors.</summary>
public sealed class Release114Tests
{
    [Fact]
    public async Task Update_WithoutTypeId_DestroysTheNode()
    {
        await using var server = await FilledAsync();

        var put = await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { Id = 1, Uri = "new" } } }));

        Assert.Equal(StatusCode.OK, put);
        Assert.Equal(StatusCode.Internal, await ProfileServer.StatusOf(server.Client.GetArtifactsAsync(new())));
        Assert.Equal(StatusCode.Internal, await ProfileServer.StatusOf(server.Client.GetArtifactsByURIAsync(new() { Uris = { "new" } })));
        Assert.Equal([2], (await server.Client.GetArtifactsByIDAsync(new() { ArtifactIds = { 1, 2 } })).Artifacts.Select(artifact => artifact.Id));
        Assert.Equal([2], (await server.Client.GetArtifactsByTypeAsync(new() { TypeName = "T" })).Artifacts.Select(artifact => artifact.Id));
        Assert.Equal(
            StatusCode.InvalidArgument, await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { Id = 1, TypeId = 10 } } })));
        Assert.Equal(StatusCode.OK, await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { TypeId = 10, Name = "one" } } })));
    }

    [Theory]
    [InlineData("uri", true)]
    [InlineData("type_id", false)]
    public async Task Update_WithAMask_DestroysOnlyByTypeId(string path, bool survives)
    {
        await using var server = await FilledAsync();

        await server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { Id = 1, Uri = "new" } }, UpdateMask = new() { Paths = { path } } });

        Assert.Equal(survives ? 2 : 1, (await server.Client.GetArtifactsByIDAsync(new() { ArtifactIds = { 1, 2 } })).Artifacts.Count);
    }

    [Fact]
    public async Task Read_OfADestroyedNodeWithPropertiesBesideAnother_KillsTheServer()
    {
        await using var server = await FilledAsync();
        await server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { Id = 1, CustomProperties = { ["p"] = new() { IntValue = 1 } } } } });

        Assert.Equal(StatusCode.Unavailable, await ProfileServer.StatusOf(server.Client.GetArtifactsByIDAsync(new() { ArtifactIds = { 1, 2 } })));
    }

    [Fact]
    public async Task PutExecution_WithIdsYetToBeGiven_IsRefused()
    {
        await using var server = await FilledAsync();
        var typeId = await server.ExecutionTypeAsync();
        PutExecutionRequest Put(Event link, Artifact artifact) => new()
        {
            Execution = new() { TypeId = typeId },
            ArtifactEventPairs = { new PutExecutionRequest.Types.ArtifactAndEvent { Artifact = artifact, Event = link } },
        };

        var artifact = await ProfileServer.StatusOf(server.Client.PutExecutionAsync(Put(new() { ArtifactId = 3, Type = Event.Types.Type.Input }, new() { TypeId = 10 })));
        var execution = await ProfileServer.StatusOf(server.Client.PutExecutionAsync(Put(new() { ExecutionId = 1, Type = Event.Types.Type.Input }, new() { TypeId = 10 })));
        var neither = await ProfileServer.StatusOf(server.Client.PutExecutionAsync(Put(new() { Type = Event.Types.Type.Input }, new() { TypeId = 10 })));

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.InvalidArgument, StatusCode.OK), (artifact, execution, neither));
    }

    [Fact]
    public async Task PutExecution_WithAContextByIdOnly_IsRefused()
    {
        await using var server = await FilledAsync();
        var contextTypeId = await server.ContextTypeAsync();
        await server.Client.PutContextsAsync(new() { Contexts = { new Context { TypeId = contextTypeId, Name = "c" } } });
        var put = new PutExecutionRequest { Execution = new() { TypeId = await server.ExecutionTypeAsync() }, Contexts = { new Context { Id = 1 } }, Options = new() { ForceReuseContext = true } };

        Assert.Equal(StatusCode.InvalidArgument, await ProfileServer.StatusOf(server.Client.PutExecutionAsync(put)));
    }

    [Fact]
    public async Task Lineage_WithEndingNodes_GoesOnAndHasNoLinks()
    {
        await using var server = await FilledAsync();
        var put = new PutExecutionRequest
        {
            Execution = new() { TypeId = await server.ExecutionTypeAsync() },
            ArtifactEventPairs = { new PutExecutionRequest.Types.ArtifactAndEvent { Event = new() { ArtifactId = 1, Type = Event.Types.Type.Input } } },
            Contexts = { new Context { TypeId = await server.ContextTypeAsync(), Name = "c" } },
        };
        await server.Client.PutExecutionAsync(put);
        var query = new LineageSubgraphQueryOptions { StartingArtifacts = new() { FilterQuery = "id = 1" }, EndingExecutions = new() { FilterQuery = "id = 1" } };

        var graph = (await server.Client.GetLineageSubgraphAsync(new() { LineageSubgraphQueryOptions = query })).LineageSubgraph;

        Assert.Equal((1, 1, 0, 0), (graph.Executions.Count, graph.Contexts.Count, graph.Attributions.Count, graph.Associations.Count));
    }

    private static async Task<ProfileServer> FilledAsync()
    {
        var server = new ProfileServer(MlmdProfile.Release114);
        var typeId = await server.TypeAsync();
        await server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { TypeId = typeId, Name = "one" }, new Artifact { TypeId = typeId, Name = "two" } } });
        return server;
    }
}
