using Google.Protobuf;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>Filters on contexts may name attributes of their neighbours for which the SQL then finds no column (D14).</summary>
internal sealed class SomeFilterColumnsAreMissing : Quirk
{
    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        var isMissing = call.Filters.Any(slot => slot.Kind == Context.Descriptor && FilterText.Parts(slot.Filter).Any(IsMissing));
        var response = await next();
        return isMissing ? throw Failure(StatusCode.Internal, "Error when executing query: no such column.") : response;
    }

    private static bool IsMissing(FilterPart part) => part.IsPath && part.Steps is [var neighbour, var attribute]
        && (neighbour.StartsWith("artifacts_", StringComparison.Ordinal) || neighbour.StartsWith("executions_", StringComparison.Ordinal)
            ? attribute == "external_id"
            : (neighbour.StartsWith("parent_contexts_", StringComparison.Ordinal) || neighbour.StartsWith("child_contexts_", StringComparison.Ordinal))
                && attribute.EndsWith("_time_since_epoch", StringComparison.Ordinal));
}
