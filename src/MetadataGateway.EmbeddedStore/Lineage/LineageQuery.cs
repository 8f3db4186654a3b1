using MetadataGateway.EmbeddedStore.Nodes;
using MlMetadata;
using Direction = MlMetadata.LineageSubgraphQueryOptions.Types.Direction;
using EndingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.EndingNodes;
using StartingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.StartingNodes;
using StartingNodesCase = MlMetadata.LineageSubgraphQueryOptions.StartingNodesOneofCase;

namespace MetadataGateway.EmbeddedStore.Lineage;

/// <summary>A checked lineage query, but for the syntax of its filters.</summary>
internal sealed record LineageQuery(NodeKind StartingKind, string StartingFilter, long MaxHops, Direction Direction)
{
    private const long MostHops = 100;

    public EndingNodes? EndingArtifacts { get; private init; }

    public EndingNodes? EndingExecutions { get; private init; }

    public static LineageQuery From(LineageSubgraphQueryOptions? options)
    {
        if (options is null || options.StartingNodesCase == StartingNodesCase.None)
            throw StoreStatus.InvalidArgument("Neither starting_artifacts nor starting_executions is given.");
        var (kind, starting) = options.StartingNodesCase == StartingNodesCase.StartingArtifacts
            ? (NodeKind.Artifact, options.StartingArtifacts)
            : (NodeKind.Execution, options.StartingExecutions);
        var hops = options.HasMaxNumHops ? options.MaxNumHops : MostHops;
        return new LineageQuery(kind, FilterOf(starting, kind), CheckedHops(hops), options.Direction)
        {
            EndingArtifacts = options.EndingArtifacts,
            EndingExecutions = options.EndingExecutions,
        };
    }

    private static string FilterOf(StartingNodes starting, NodeKind kind) => starting.FilterQuery.Length > 0
        ? starting.FilterQuery
        : throw StoreStatus.InvalidArgument($"starting_{kind.Word()}s.filter_query is empty.");

    private static long CheckedHops(long hops) => hops >= 0
        ? Math.Min(hops, MostHops)
        : throw StoreStatus.InvalidArgument($"max_num_hops must not be negative, and is {hops}.");
}
