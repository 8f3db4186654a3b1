using Google.Protobuf;
using Grpc.Core;
using MetadataGateway.EmbeddedStore.FilterQuery;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL and PostgreSQL have no SQL for what ZetaSQL makes of an integer against a fraction, or of a division.</summary>
internal sealed class NarrowFilterNumbers : Quirk
{
    private static readonly string[] Integers = ["int_value", "id", "type_id", "execution_id", "artifact_id", "milliseconds_since_epoch"];

    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        var fails = call.Filters.Any(slot => Fails(FilterText.Parts(slot.Filter)));
        // What is no filter at all is refused before that.
        var response = await next();
        return fails ? throw Failure(StatusCode.Internal, "Error when executing query: syntax error at or near CAST.") : response;
    }

    private static bool Fails(IReadOnlyList<FilterPart> parts)
    {
        var (hasInteger, hasFraction) = (false, false);
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            if (part.Kind == FilterToken.Divide)
            {
                return true;
            }

            var ends = part.Kind is FilterToken.Or
                || (part.Kind == FilterToken.And && !parts.Take(index).Reverse().TakeWhile(before => before.Kind != FilterToken.And).Any(before => before.Kind == FilterToken.Between));
            hasInteger = !ends && (hasInteger || (part.IsPath && IsInteger(part.Steps[^1])));
            hasFraction = !ends && (hasFraction || (part.Kind == FilterToken.Number && !part.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                && part.Text.AsSpan().ContainsAny('.', 'e', 'E')));
            if (hasInteger && hasFraction)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInteger(string attribute) =>
        Integers.Contains(attribute, StringComparer.OrdinalIgnoreCase) || attribute.EndsWith("_time_since_epoch", StringComparison.OrdinalIgnoreCase);
}
