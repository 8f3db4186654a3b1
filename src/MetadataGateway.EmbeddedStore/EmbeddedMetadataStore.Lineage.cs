using Grpc.Core;
using MetadataGateway.EmbeddedStore.Lineage;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

// GetLineageGraph is deprecated and served by no MLMD: the generated base class answers UNIMPLEMENTED.
public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    public override Task<GetLineageSubgraphResponse> GetLineageSubgraph(GetLineageSubgraphRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var walk = LineageWalk.Run(connection, LineageQuery.From(request.LineageSubgraphQueryOptions), context.CancellationToken);
            return new GetLineageSubgraphResponse { LineageSubgraph = new LineageResult(connection, request.ReadMask).Of(walk) };
        });
}
