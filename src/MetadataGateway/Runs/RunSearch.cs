using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>A record that names the run: an execution, or when there is none an artifact.</summary>
internal sealed record RunEvidence(Execution? Execution, Artifact? Artifact);

/// <summary>Looks for one run that has no context among the records of its workspace, among a number of records.</summary>
internal sealed class RunSearch(MetadataStoreService.MetadataStoreServiceClient client)
{
    public async Task<RunEvidence?> FindAsync(long workspaceId, string run, int budget, CancellationToken cancellationToken)
    {
        var executions = await NodeScan.RunAsync<Execution>(
            async (options, token) =>
            {
                var answer = await client.GetExecutionsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                return new NodePage<Execution>(answer.Executions, answer.NextPageToken);
            },
            NodeOrder.NewestFirst, PageToken.Start, size: 1, execution => IsOf(execution.CustomProperties, run), budget, cancellationToken);
        if (executions.Nodes.Count > 0)
        {
            return new(executions.Nodes[0], null);
        }

        var artifacts = await NodeScan.RunAsync<Artifact>(
            async (options, token) =>
            {
                var answer = await client.GetArtifactsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                return new NodePage<Artifact>(answer.Artifacts, answer.NextPageToken);
            },
            NodeOrder.NewestFirst, PageToken.Start, size: 1, artifact => IsOf(artifact.CustomProperties, run), budget - executions.Examined,
            cancellationToken);
        return artifacts.Nodes.Count > 0 ? new(null, artifacts.Nodes[0]) : null;
    }

    private static bool IsOf(Google.Protobuf.Collections.MapField<string, Value> customProperties, string run) =>
        customProperties.GetText(KubeflowPropertyNames.Run) == run;
}
