namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>How likely a field of a random request is set. Most requests should be able to succeed, and others nearly so.</summary>
internal static class FieldOdds
{
    private static readonly Dictionary<string, double> Odds = new()
    {
        // Never: their meaning is tested elsewhere, or they have none.
        ["transaction_options"] = 0,
        ["filter_query"] = 0,
        ["can_delete_fields"] = 0,

        ["all_fields_match"] = 0.06,
        ["can_add_fields"] = 0.95,
        ["can_omit_fields"] = 0.95,
        ["base_type"] = 0.06,
        ["version"] = 0.3,
        ["type_version"] = 0.3,
        ["description"] = 0.3,
        ["external_id"] = 0.15,
        ["ArtifactType.external_id"] = 0.07,
        ["ExecutionType.external_id"] = 0.07,
        ["ContextType.external_id"] = 0.07,
        // Where an artifact can be reused by it.
        ["ArtifactAndEvent.Artifact.external_id"] = 0.35,
        ["PutLineageSubgraphRequest.Artifact.external_id"] = 0.35,
        ["type_id"] = 0.98,
        ["type_name"] = 0.95,
        ["name"] = 0.98,
        ["Artifact.id"] = 0.4,
        ["Execution.id"] = 0.4,
        ["Context.id"] = 0.4,
        ["Artifact.name"] = 0.25,
        ["Execution.name"] = 0.25,
        ["type"] = 0.6,
        ["last_update_time_since_epoch"] = 0.8,
        ["create_time_since_epoch"] = 0.1,
        ["system_metadata"] = 0.06,
        ["update_mask"] = 0.4,
        ["options"] = 0.7,
        ["max_result_size"] = 0.85,
        ["next_page_token"] = 0.15,
        ["artifact_id"] = 0.98,
        ["execution_id"] = 0.98,
        ["context_id"] = 0.98,
        ["parent_id"] = 0.98,
        ["child_id"] = 0.98,
        ["Event.type"] = 0.98,
        ["artifact_type"] = 0.98,
        ["execution_type"] = 0.98,
        ["context_type"] = 0.98,
        ["execution"] = 0.98,
        ["ArtifactAndEvent.event"] = 0.85,
        ["EventEdge.event"] = 0.98,
        ["ArtifactType.name"] = 0.995,
        ["ExecutionType.name"] = 0.995,
        ["ContextType.name"] = 0.995,
        // An event of a pair, or of an edge, mostly has its ends from elsewhere.
        ["ArtifactAndEvent.Event.execution_id"] = 0.03,
        ["ArtifactAndEvent.Event.artifact_id"] = 0.06,
        ["EventEdge.Event.execution_id"] = 0.2,
        ["EventEdge.Event.artifact_id"] = 0.2,
        ["EventEdge.execution_index"] = 0.9,
        ["EventEdge.artifact_index"] = 0.9,
    };

    /// <summary>By the message that holds this one, the message and the field; else by the last two; else by the field alone.</summary>
    public static double Of(string? parent, string message, string field) =>
        Odds.TryGetValue($"{parent}.{message}.{field}", out var odds)
        || Odds.TryGetValue($"{message}.{field}", out odds)
        || Odds.TryGetValue(field, out odds) ? odds : 0.5;
}
