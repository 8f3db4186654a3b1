using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MetadataGateway.Lineage;

[Description("The part of the lineage graph around a root. Edges point the way data flows.")]
internal sealed record LineageResource
{
    [Description("artifact/<id>, execution/<id> or run/<workspace>/<run>, names percent-encoded.")]
    public required string Root { get; init; }

    [Description("Breadth-first: by hops, then executions before artifacts, then by id. The root comes first; a run is no node, its executions have 0 hops.")]
    public required IReadOnlyList<LineageNode> Nodes { get; init; }

    [Description("All edges between nodes shown.")]
    public required IReadOnlyList<LineageEdge> Edges { get; init; }

    [Description("Whether a limit cut the graph.")]
    public required bool Truncated { get; init; }

    [Description("maxHops or nodeLimit; null when nothing was cut.")]
    public required string? TruncatedBy { get; init; }

    [Description("Nodes shown that have more behind them.")]
    public required IReadOnlyList<string> Frontier { get; init; }
}

[Description("An execution or artifact in a lineage.")]
internal sealed record LineageNode
{
    [Description("execution/<id> or artifact/<id>.")]
    public required string Ref { get; init; }

    [Description("execution, dataset, model, metrics or artifact.")]
    public required string Kind { get; init; }

    public required string? Type { get; init; }

    public required string? Name { get; init; }

    [Description("Artifacts only."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uri { get; init; }

    [Description("Artifacts only."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    [Description("Distance from the root in edges.")]
    public required int Hops { get; init; }

    public required string? State { get; init; }

    public required string? Workspace { get; init; }
}

[Description("An MLMD event: artifact to execution for inputs, execution to artifact for outputs.")]
internal sealed record LineageEdge
{
    public required string From { get; init; }

    public required string To { get; init; }

    [Description("MLMD's event type, such as INPUT or OUTPUT.")]
    public required string Event { get; init; }

    [Description("Name of the input or output.")]
    public required string? Key { get; init; }
}
