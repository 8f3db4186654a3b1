using Google.Protobuf;
using Grpc.Core;
using MlMetadata;
using Query = MlMetadata.LineageSubgraphQueryOptions;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MLMD 1.21 has no filters, and with them it lost GetLineageSubgraph, whose starting nodes are given by one.</summary>
internal sealed class NoFilters : Quirk
{
    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        if (call.Request is GetLineageSubgraphRequest lineage)
        {
            throw HasArguments(lineage.LineageSubgraphQueryOptions ?? new Query())
                ? Unimplemented()
                : Failure(StatusCode.InvalidArgument, "starting_nodes or max_num_hops is missing or wrong.");
        }

        if (call.Filters.Count == 0)
        {
            return await next();
        }

        // Lists of a type or of a context find the rows first, and then look at the filter.
        if (!call.Method.Contains("By", StringComparison.Ordinal))
        {
            throw Unimplemented();
        }

        call.ListOptions!.ClearFilterQuery();
        var response = await next();
        return response.Nodes().Count == 0 ? response : throw Unimplemented();
    }

    private static bool HasArguments(Query query) =>
        (query.StartingNodesCase switch
        {
            Query.StartingNodesOneofCase.StartingArtifacts => query.StartingArtifacts.FilterQuery,
            Query.StartingNodesOneofCase.StartingExecutions => query.StartingExecutions.FilterQuery,
            _ => "",
        }).Length > 0 && query.MaxNumHops >= 0;

    private static RpcException Unimplemented() => Failure(StatusCode.Unimplemented, "filter_query is not supported.");
}
