using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>No MLMD server serves the two batch reads of parents and children (D18).</summary>
internal sealed class NoBatchContextMethods : Quirk
{
    protected override void Before(StoreCall call)
    {
        if (call.Request is GetParentContextsByContextsRequest or GetChildrenContextsByContextsRequest)
        {
            throw Failure(StatusCode.Unimplemented, "");
        }
    }
}
