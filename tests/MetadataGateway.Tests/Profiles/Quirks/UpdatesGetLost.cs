using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// PostgreSQL: two updates at once have both compared the time before either has written, so that the later one is not refused; or they end in a
/// deadlock, which is INTERNAL there.
/// </summary>
internal sealed class UpdatesGetLost : Quirk
{
    private int _met;

    protected override void Before(StoreCall call)
    {
        if (call.MeetsAnotherWrite && call.Request is PutArtifactsRequest put && put.Artifacts.Any(artifact => artifact.HasId))
        {
            if (Interlocked.Increment(ref _met) % 2 == 0)
            {
                throw Failure(StatusCode.Internal, "deadlock detected");
            }

            put.Options?.ClearAbortIfLatestUpdatedTimeChanged();
        }
    }
}
