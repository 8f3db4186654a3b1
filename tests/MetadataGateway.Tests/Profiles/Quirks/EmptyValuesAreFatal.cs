using Grpc.Core;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>A custom property whose value has no member ends the server's process (D4).</summary>
internal sealed class EmptyValuesAreFatal : Quirk
{
    protected override void Before(StoreCall call)
    {
        if (call.IsWrite && call.Nodes.Any(node => node.CustomProperties.Values.Any(value => value.ValueCase == MlMetadata.Value.ValueOneofCase.None)))
        {
            throw Failure(StatusCode.Unavailable, "The connection was closed: the server died.");
        }
    }
}
