using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>A record that names the run: an execution, or when there is none an artifact.</summary>
internal sealed record RunEvidence(Execution? Execution, Artifact? Artifact);

/// <summary>Looks for one run that has no context among the records of its workspace: by MLMD's filter, else record by record.</summary>
internal sealed class RunSearch(MetadataStoreService.MetadataStoreServiceClient client, StoreProbe probe)
{
    // MLMD's filter on SQLite takes a literal that is one of them for the column.
    private static readonly HashSet<string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "name", "uri", "type", "type_id", "type_kind", "version", "description", "state", "last_known_state", "external_id",
        "create_time_since_epoch", "last_update_time_since_epoch", "artifact_id", "execution_id", "context_id", "parent_context_id",
        "is_custom_property", "int_value", "double_value", "string_value", "byte_value", "proto_value", "bool_value", "milliseconds_since_epoch",
        "input_type", "output_type", "rowid", "oid", "_rowid_",
    };

    // What MLMD's filter rewrites inside literals, too.
    private static readonly string[] Rewritten = ["properties", "contexts", "events", "artifacts", "executions"];

    /// <summary>MLMD's filter for records that name the run; null when there is none, or its literal would not be safe.</summary>
    public async ValueTask<string?> FilterForAsync(string run, CancellationToken cancellationToken) =>
        IsSafe(run) && (await probe.GetAsync(cancellationToken)).HasFilter ? $"custom_properties.{KubeflowPropertyNames.Run}.string_value = '{run}'" : null;

    /// <param name="workspaceId">The workspace's context.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="filter">As <see cref="FilterForAsync"/> gives it.</param>
    /// <param name="budget">Most records to look at.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<RunEvidence?> FindAsync(long workspaceId, string run, string? filter, int budget, CancellationToken cancellationToken)
    {
        var executions = await NodeScan.RunAsync<Execution>(
            async (options, token) =>
            {
                SetFilter(options, filter);
                var answer = await client.GetExecutionsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                return new NodePage<Execution>(answer.Executions, answer.NextPageToken);
            },
            NodeOrder.NewestFirst, PageToken.Start, size: 1, execution => Names(execution.CustomProperties, run), budget, cancellationToken);
        if (executions.Nodes.Count > 0)
        {
            return new(executions.Nodes[0], null);
        }

        var artifacts = await NodeScan.RunAsync<Artifact>(
            async (options, token) =>
            {
                SetFilter(options, filter);
                var answer = await client.GetArtifactsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                return new NodePage<Artifact>(answer.Artifacts, answer.NextPageToken);
            },
            NodeOrder.NewestFirst, PageToken.Start, size: 1, artifact => Names(artifact.CustomProperties, run), budget - executions.Examined,
            cancellationToken);
        return artifacts.Nodes.Count > 0 ? new(null, artifacts.Nodes[0]) : null;
    }

    private static void SetFilter(ListOperationOptions options, string? filter)
    {
        if (filter is not null)
        {
            options.FilterQuery = filter;
        }
    }

    // MySQL's filter ignores case.
    private static bool Names(Google.Protobuf.Collections.MapField<string, Value> customProperties, string run) =>
        customProperties.GetText(KubeflowPropertyNames.Run) == run;

    internal static bool IsSafe(string literal) =>
        literal.All(character => char.IsAsciiLetterOrDigit(character) || " _-.:/@+,".Contains(character, StringComparison.Ordinal))
        && !Columns.Contains(literal) && !Rewritten.Any(word => literal.Contains(word, StringComparison.OrdinalIgnoreCase));
}
