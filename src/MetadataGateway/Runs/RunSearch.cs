using Google.Protobuf.Collections;
using MetadataGateway.Executions;
using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>A record that names the run: an execution, or when there is none an artifact.</summary>
internal sealed record RunEvidence(Execution? Execution, Artifact? Artifact);

/// <summary>Looks for one run that has no context among the records of its workspace: by MLMD's filter, else record by record.</summary>
internal sealed class RunSearch(MetadataStoreService.MetadataStoreServiceClient client, NodeList list, StoreProbe probe)
{
    /// <summary>Whether MLMD itself selects the records: then none of them is missed.</summary>
    public async ValueTask<bool> IsSelectedAsync(string run, CancellationToken cancellationToken) =>
        StoreFilterText.Literal(run) is not null && (await probe.GetAsync(cancellationToken)).HasFilter;

    /// <param name="workspaceId">The workspace's context.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="budget">Most records to look at.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<RunEvidence?> FindAsync(long workspaceId, string run, int budget, CancellationToken cancellationToken)
    {
        var executions = await FindAsync<Execution>(
            async (options, token) =>
            {
                var answer = await client.GetExecutionsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                return new StorePage<Execution>(answer.Executions, answer.NextPageToken);
            },
            run, execution => execution.CustomProperties, budget, cancellationToken);
        if (executions.Nodes.Count > 0)
        {
            return new(executions.Nodes[0], null);
        }

        var artifacts = await FindAsync<Artifact>(
            async (options, token) =>
            {
                var answer = await client.GetArtifactsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                return new StorePage<Artifact>(answer.Artifacts, answer.NextPageToken);
            },
            run, artifact => artifact.CustomProperties, budget - executions.Examined, cancellationToken);
        return artifacts.Nodes.Count > 0 ? new(null, artifacts.Nodes[0]) : null;
    }

    // What is not adopted yet is new. MySQL's filter ignores case, so each record is looked at.
    private async Task<ScannedNodes<TNode>> FindAsync<TNode>(
        ReadStorePage<TNode> read, string run, Func<TNode, MapField<string, Value>> customPropertiesOf, int budget, CancellationToken cancellationToken)
        where TNode : class
    {
        var nodes = new NodeQuery<TNode> { Read = read, Plan = _ => FilterPlan.Of(ExecutionColumns.OfRun(run)) };
        return await NodeScan.RunAsync(
            await list.PagesAsync(nodes, NodeOrder.NewestFirst, cancellationToken), NodeOrder.NewestFirst, PagePosition.Start, size: 1,
            node => customPropertiesOf(node).GetText(KubeflowPropertyNames.Run) == run, budget, until: null, cancellationToken);
    }
}
