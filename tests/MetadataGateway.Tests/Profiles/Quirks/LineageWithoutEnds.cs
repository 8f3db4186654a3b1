using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MLMD 1.14: GetLineageSubgraph knows no ending nodes, and fills neither attributions nor associations.</summary>
internal sealed class LineageWithoutEnds : Quirk
{
    protected override void Before(StoreCall call)
    {
        if (call.Request is GetLineageSubgraphRequest { LineageSubgraphQueryOptions: { } query })
        {
            query.EndingArtifacts = null;
            query.EndingExecutions = null;
        }
    }

    protected override IMessage After(StoreCall call, IMessage response)
    {
        if (response is GetLineageSubgraphResponse { LineageSubgraph: { } graph })
        {
            graph.Attributions.Clear();
            graph.Associations.Clear();
        }

        return response;
    }
}
