using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using EndingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.EndingNodes;

namespace MetadataGateway.EmbeddedStore.Lineage;

/// <summary>Which nodes of a kind end the walk, and whether these are part of the result.</summary>
internal sealed class EndingRule
{
    private readonly FilterCondition? condition;
    private readonly NodeKind kind;

    private EndingRule(NodeKind kind, FilterCondition? condition, bool isIncluded)
    {
        this.kind = kind;
        this.condition = condition;
        IsIncluded = isIncluded;
    }

    public bool IsIncluded { get; }

    public static EndingRule From(EndingNodes? ending, NodeKind kind)
    {
        if (ending is not { HasFilterQuery: true })
            return new EndingRule(kind, null, isIncluded: false);
        // A filter that is given but empty ends the walk at every node, as with MLMD (defect D16, docs/mlmd-compatibility.md).
        var condition = ending.FilterQuery.Length == 0
            ? new FilterCondition("TRUE", [])
            : FilterQueryCompiler.Compile(ending.FilterQuery, kind);
        return new EndingRule(kind, condition, ending.IncludeEndingNodes);
    }

    public IReadOnlyCollection<long> EndsAmong(StoreConnection connection, IReadOnlyCollection<long> ids)
    {
        if (condition is null || ids.Count == 0)
            return [];
        var ending = new List<long>();
        using var rows = connection
            .Prepare(
                $"SELECT node.id FROM {kind} AS node WHERE node.id IN (SELECT value FROM json_each(?)) AND ({condition.Sql})",
                keep: false)
            .Bind(JsonList.Of(ids)).BindAll(condition.Parameters);
        while (rows.Step())
            ending.Add(rows.Int64(0));
        return ending;
    }
}
