using Google.Protobuf;
using Grpc.Core;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>PostgreSQL: a quote in a filter's string literal gets into the SQL.</summary>
internal sealed class QuotesInFiltersFail : Quirk
{
    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        var fails = call.Filters.Any(slot => FilterText.Parts(slot.Filter).Any(part => part.IsText && part.Literal.AsSpan().ContainsAny('\'', '"')));
        var response = await next();
        return fails ? throw Failure(StatusCode.Internal, "Error when executing query: syntax error.") : response;
    }
}
