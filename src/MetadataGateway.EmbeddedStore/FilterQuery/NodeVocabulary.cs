using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>What a filter over one kind of node can name.</summary>
internal sealed record NodeVocabulary(IReadOnlyList<FilterAttribute> Attributes, IReadOnlyList<NeighbourSort> Neighbours)
{
    private static readonly FilterAttribute[] Times =
        [FilterAttribute.Integer("create_time_since_epoch"), FilterAttribute.Integer("last_update_time_since_epoch")];

    private static readonly FilterAttribute[] Linked =
        [FilterAttribute.Identity("id"), FilterAttribute.NodeName, FilterAttribute.TypeName, .. Times];

    private static readonly FilterAttribute[] Common = [.. Linked, FilterAttribute.Integer("type_id"), FilterAttribute.Text("external_id")];

    private static readonly FilterAttribute[] OfArtifacts =
        [FilterAttribute.Text("uri"), FilterAttribute.Enumeration("state", EnumerationNames.ArtifactState)];

    private static readonly FilterAttribute[] OfExecutions =
        [FilterAttribute.Enumeration("last_known_state", EnumerationNames.ExecutionState)];

    private static readonly FilterAttribute[] OfEvents =
        [FilterAttribute.Enumeration("type", EnumerationNames.EventType), FilterAttribute.Integer("milliseconds_since_epoch")];

    // MLMD reads the external ids of linked artifacts and executions, and the times of linked contexts, but finds no column for them
    // (defect D14, docs/mlmd-compatibility.md). Here they work.
    private static readonly FilterAttribute[] ReachedFromContexts = [.. Linked, FilterAttribute.Text("external_id")];

    private static readonly FilterAttribute[] OfProperties =
    [
        FilterAttribute.Identity("int_value"),
        new("double_value", ValueKind.Double, "double_value") { IsSelective = true },
        FilterAttribute.Text("string_value"),
        new("bool_value", ValueKind.Boolean, "bool_value"),
    ];

    private static readonly NodeVocabulary Artifacts = new(
        [.. Common, .. OfArtifacts],
        [
            .. Properties("ArtifactProperty", "artifact_id"),
            Contexts("contexts_", "Attribution", "artifact_id", "context_id"),
            new("events_", "Event", "artifact_id", [.. OfEvents, FilterAttribute.Identity("execution_id")]),
        ]);

    private static readonly NodeVocabulary Executions = new(
        [.. Common, .. OfExecutions],
        [
            .. Properties("ExecutionProperty", "execution_id"),
            Contexts("contexts_", "Association", "execution_id", "context_id"),
            new("events_", "Event", "execution_id", [.. OfEvents, FilterAttribute.Identity("artifact_id")]),
        ]);

    private static readonly NodeVocabulary ContextNodes = new(
        Common,
        [
            .. Properties("ContextProperty", "context_id"),
            Contexts("parent_contexts_", "ParentContext", "context_id", "parent_context_id"),
            Contexts("child_contexts_", "ParentContext", "parent_context_id", "context_id"),
            new("artifacts_", "Attribution", "context_id", [.. ReachedFromContexts, .. OfArtifacts])
            {
                ElementColumn = "artifact_id",
                ElementTable = "Artifact",
            },
            new("executions_", "Association", "context_id", [.. ReachedFromContexts, .. OfExecutions])
            {
                ElementColumn = "execution_id",
                ElementTable = "Execution",
            },
        ]);

    public static NodeVocabulary Of(NodeKind kind) => kind switch
    {
        NodeKind.Artifact => Artifacts,
        NodeKind.Execution => Executions,
        NodeKind.Context => ContextNodes,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static NeighbourSort[] Properties(string table, string ownerColumn) =>
    [
        new("properties", table, ownerColumn, OfProperties) { IsCustomProperty = false },
        new("custom_properties", table, ownerColumn, OfProperties) { IsCustomProperty = true },
    ];

    private static NeighbourSort Contexts(string prefix, string edgeTable, string ownerColumn, string elementColumn) =>
        new(prefix, edgeTable, ownerColumn, Linked)
        {
            ElementColumn = elementColumn,
            ElementTable = "Context",
            IsIndexedByOwner = edgeTable == "ParentContext",
            IsIndexedByElement = true,
        };
}
