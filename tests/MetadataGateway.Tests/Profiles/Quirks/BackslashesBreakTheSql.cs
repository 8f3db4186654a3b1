using Grpc.Core;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>PostgreSQL: a backslash in any text of a request, read or write, gets into the SQL. Filters have a rule of their own.</summary>
internal sealed class BackslashesBreakTheSql : Quirk
{
    protected override void Before(StoreCall call)
    {
        if (call.Request.Texts().Any(text => text.Field.Name != "filter_query" && text.Text.Contains('\\', StringComparison.Ordinal)))
        {
            throw Failure(StatusCode.Internal, "Error when executing query: syntax error.");
        }
    }
}
