using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL and PostgreSQL have columns of 32 bits for integers and for the indexes in event paths: more makes the whole call fail.</summary>
internal sealed class NarrowIntegers : Quirk
{
    protected override void Before(StoreCall call)
    {
        if (call.IsWrite && call.Request.Messages().Any(message => message switch
        {
            Value { HasIntValue: true } value => (int)value.IntValue != value.IntValue,
            Event.Types.Path.Types.Step { HasIndex: true } step => (int)step.Index != step.Index,
            _ => false,
        }))
        {
            throw Failure(StatusCode.Internal, "Error when executing query: Out of range value for column.");
        }
    }
}
