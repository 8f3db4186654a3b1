using System.Net;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;

namespace MetadataGateway.Tests.Workspaces;

/// <summary>Records of other clients that do not say their workspace themselves: their contexts tell it, a hundred records a call.</summary>
public sealed class ContextLinksTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>, IDisposable
{
    private const int Count = 120;

    public void Dispose() => gateway.Calls.Failing = null;

    [Fact]
    public async Task GetLineage_OfRecordsThatDoNotNameTheirWorkspace_AsksForManyAtOnce()
    {
        var (root, workspaces) = await StoreAsync();
        gateway.Calls.Clear();

        var lineage = (await gateway.Client.GetJson($"{HttpJson.Api}/executions/{root}/lineage?direction=downstream")).Expect(HttpStatusCode.OK);

        if (MlmdProfile.Current.Lacks(StoreAbility.LinksInLineage) is null)
        {
            Assert.Equal(
                ["GetLineageSubgraph", "GetArtifactsByID", "GetExecutionsByID", "GetLineageSubgraph", "GetLineageSubgraph", "GetContextsByID", "GetContextsByExecution"],
                gateway.Calls.Methods);
        }

        Assert.Equal(workspaces, lineage["nodes"]!.AsArray().Skip(1).Select(node => (string?)node!["workspace"]));
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task GetLineage_WhereLinksCannotBeAskedForAtOnce_SaysTheSame(StatusCode status)
    {
        var (root, workspaces) = await StoreAsync();
        gateway.Calls.Failing = ("GetLineageSubgraph", status);

        var lineage = (await gateway.Client.GetJson($"{HttpJson.Api}/executions/{root}/lineage?direction=downstream")).Expect(HttpStatusCode.OK);

        Assert.Equal(workspaces, lineage["nodes"]!.AsArray().Skip(1).Select(node => (string?)node!["workspace"]));
    }

    // An execution with many outputs: by turns in one workspace, in two and another context, and in none.
    private async Task<(long Root, IReadOnlyList<string?> Workspaces)> StoreAsync()
    {
        var first = (await gateway.Client.NewWorkspaceAsync()).Split('/')[^1];
        var second = (await gateway.Client.NewWorkspaceAsync()).Split('/')[^1];
        async Task<long> IdOfAsync(string workspace) => (await gateway.Store.GetContextByTypeAndNameAsync(
            new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = workspace })).Context.Id;
        var (firstId, secondId) = (await IdOfAsync(first), await IdOfAsync(second));
        var pipeline = (await gateway.Store.PutContextTypeAsync(new() { ContextType = new() { Name = "system.PipelineRun" } })).TypeId;
        var other = (await gateway.Store.PutContextsAsync(new() { Contexts = { new Context { TypeId = pipeline, Name = $"run of {first}" } } })).ContextIds[0];
        var artifactType = (await gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "system.Dataset" } })).TypeId;
        var executionType = (await gateway.Store.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "system.ContainerExecution" } })).TypeId;
        var request = new PutLineageSubgraphRequest { Executions = { new Execution { TypeId = executionType } } };
        for (var i = 0; i < Count; i++)
        {
            request.Artifacts.Add(new Artifact { TypeId = artifactType });
            request.EventEdges.Add(new PutLineageSubgraphRequest.Types.EventEdge { ArtifactIndex = i, ExecutionIndex = 0, Event = new() { Type = Event.Types.Type.Output } });
        }

        var stored = await gateway.Store.PutLineageSubgraphAsync(request);
        Attribution Link(int place, long context) => new() { ArtifactId = stored.ArtifactIds[place], ContextId = context };
        await gateway.Store.PutAttributionsAndAssociationsAsync(new()
        {
            Attributions =
            {
                Enumerable.Range(0, Count).SelectMany(i => (i % 3) switch
                {
                    0 => new[] { Link(i, secondId) },
                    1 => [Link(i, other), Link(i, secondId), Link(i, firstId)],
                    _ => [Link(i, other)],
                }),
            },
        });
        return (stored.ExecutionIds[0], [.. Enumerable.Range(0, Count).Select(i => (i % 3) switch { 0 => second, 1 => first, _ => (string?)null })]);
    }
}
