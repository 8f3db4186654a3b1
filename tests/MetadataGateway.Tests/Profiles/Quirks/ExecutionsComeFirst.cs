using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// MLMD 1.14: PutExecution looks at the execution before it looks at the artifacts, and takes no ids in events that are yet to be given; its two
/// newer options, and the ending nodes of a lineage, do not exist for it.
/// </summary>
internal sealed class ExecutionsComeFirst : Quirk
{
    protected override async Task BeforeAsync(StoreCall call)
    {
        if (call.Request is not PutExecutionRequest { Execution: { } execution } put)
        {
            return;
        }

        if (put.Options is { } options)
        {
            options.ClearForceReuseContext();
            options.ClearForceUpdateTime();
        }

        if (!execution.HasId && !execution.HasTypeId)
        {
            throw Failure(StatusCode.InvalidArgument, "Type id is missing.");
        }

        if (!execution.HasId && (await call.Store.Client.GetExecutionTypesByIDAsync(new() { TypeIds = { execution.TypeId } })).ExecutionTypes.Count == 0)
        {
            throw Failure(StatusCode.NotFound, "No type found.");
        }

        if (put.ArtifactEventPairs.Any(pair => pair.Event is { } given
            && ((given.HasExecutionId && !execution.HasId) || (given.HasArtifactId && pair.Artifact is { HasId: false }))))
        {
            throw Failure(StatusCode.InvalidArgument, "The event has an id that is not assigned yet.");
        }
    }
}
