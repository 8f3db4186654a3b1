using Grpc.Core;
using MetadataGateway.EmbeddedStore.FilterQuery;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// Predicates on states and event types are found and replaced in the filter's text: each once only, not <c>!=</c> on an artifact of a context,
/// and not with the names that MLMD forgot (D13, D15).
/// </summary>
internal sealed class EnumFiltersAreReplacedAsText : Quirk
{
    private static readonly string[] Forgotten = ["ABANDONED", "REFERENCE", "PENDING_OUTPUT"];

    protected override void Before(StoreCall call)
    {
        foreach (var slot in call.Filters)
        {
            var predicates = Read(FilterText.Parts(slot.Filter)).ToList();
            if (predicates.Exists(predicate => predicate.Names.Any(Forgotten.Contains) || (predicate.Attribute == "type" && predicate.Names.Contains("UNKNOWN")))
                || predicates.GroupBy(predicate => (predicate.Attribute, string.Join(',', predicate.Names))).Any(group => group.Count() > 1)
                || (slot.Kind == Context.Descriptor && predicates.Exists(predicate => predicate is { IsNegated: true, Path: var path } && path.StartsWith("artifacts_", StringComparison.Ordinal))))
            {
                throw Failure(StatusCode.InvalidArgument, "Query cannot be rewritten successfully for matched enum predicate.");
            }
        }
    }

    private static IEnumerable<(string Path, string Attribute, bool IsNegated, IReadOnlyList<string> Names)> Read(IReadOnlyList<FilterPart> parts)
    {
        for (var index = 0; index + 2 < parts.Count; index++)
        {
            var path = parts[index].Text;
            var names = parts.Skip(index + 1)
                .SkipWhile(part => part.Kind is FilterToken.Equal or FilterToken.NotEqual or FilterToken.Not or FilterToken.In or FilterToken.Open)
                .TakeWhile((part, place) => place % 2 == 0 ? part.IsEnumName : part.Kind == FilterToken.Comma)
                .Where(part => part.IsEnumName).Select(part => part.Text).ToList();
            if (parts[index].IsPath && !parts[index].IsEnumName && names.Count > 0)
            {
                // Event types are matched whatever the alias.
                var attribute = path.StartsWith("events_", StringComparison.Ordinal) ? path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..] : path;
                yield return (path, attribute, parts[index + 1].Kind is FilterToken.NotEqual or FilterToken.Not, names);
            }
        }
    }
}
