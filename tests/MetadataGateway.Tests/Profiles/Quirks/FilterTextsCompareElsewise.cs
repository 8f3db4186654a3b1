using System.Text;
using System.Text.RegularExpressions;
using MetadataGateway.EmbeddedStore.FilterQuery;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// Filters compare texts as the database does. MySQL: without case and trailing blanks, LIKE with escapes, and properties by any spelling of their
/// name. PostgreSQL: LIKE with case. A comparison is replaced by the list of stored texts that it holds for.
/// </summary>
internal sealed class FilterTextsCompareElsewise(bool ignoresCase) : Quirk
{
    protected override async Task BeforeAsync(StoreCall call)
    {
        if (!call.Filters.Any(slot => FilterText.Parts(slot.Filter).Any(part => part.IsText || part.PropertyName is not null)))
        {
            return;
        }

        var nodes = new List<NodeMessage>();
        foreach (var kind in new[] { Artifact.Descriptor, Execution.Descriptor, Context.Descriptor })
        {
            nodes.AddRange(await call.Store.AllAsync(kind));
        }

        var texts = nodes.SelectMany(Texts).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var spellings = nodes.SelectMany(node => node.Properties.Keys.Concat(node.CustomProperties.Keys)).Distinct(StringComparer.Ordinal).ToLookup(Folding.Of);
        foreach (var slot in call.Filters)
        {
            var filter = FilterText.Rewrite(slot.Filter, (parts, index) => Replacement(parts, index, texts));
            slot.Replace(ignoresCase ? await FilterVariants.AnyOfAsync(call.Store, slot.Kind, filter, name => spellings[Folding.Of(name)]) : filter);
        }
    }

    private static IEnumerable<string?> Texts(NodeMessage node) =>
        node.Properties.Values.Concat(node.CustomProperties.Values).Where(value => value.HasStringValue).Select(value => value.StringValue)
            .Append(node.Name).Append(node.Uri).Append(node.ExternalId).Append(node.Type);

    private string? Replacement(IReadOnlyList<FilterPart> parts, int index, HashSet<string> texts)
    {
        var part = parts[index];
        if (index + 1 < parts.Count && parts[index + 1].IsText && (part.Kind == FilterToken.Like || (ignoresCase && IsEquality(part))))
        {
            return part.Kind is FilterToken.NotEqual or FilterToken.LessOrGreater ? "NOT IN" : "IN";
        }

        if (!part.IsText || index == 0)
        {
            return null;
        }

        var before = parts[index - 1];
        return before.Kind == FilterToken.Like ? $" ({LikeTexts(part, texts)})"
            : ignoresCase && IsEquality(before) ? $" ({EqualTexts(part, texts)})"
            : ignoresCase && IsInList(parts, index) ? EqualTexts(part, texts)
            : null;
    }

    private static bool IsEquality(FilterPart part) => part.Kind is FilterToken.Equal or FilterToken.NotEqual or FilterToken.LessOrGreater;

    private static bool IsInList(IReadOnlyList<FilterPart> parts, int index)
    {
        var open = index;
        while (open >= 0 && (parts[open].IsText || parts[open].Kind == FilterToken.Comma))
        {
            open--;
        }

        return open > 0 && parts[open].Kind == FilterToken.Open && parts[open - 1].Kind == FilterToken.In;
    }

    private string LikeTexts(FilterPart part, HashSet<string> texts)
    {
        var pattern = Like(part.Literal);
        return List(texts.Where(text => pattern.IsMatch(text)));
    }

    private static string EqualTexts(FilterPart part, HashSet<string> texts) => List(texts.Where(text => Folding.Comparer.Equals(text, part.Literal)));

    private static string List(IEnumerable<string> texts) => string.Join(", ", texts.Select(FilterText.Literal).DefaultIfEmpty(FilterText.Unmatched));

    // Only MySQL knows the escape: elsewhere such a pattern has been replaced before.
    private Regex Like(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var index = 0; index < pattern.Length; index++)
        {
            expression.Append(pattern[index] switch
            {
                '%' => ".*",
                '_' => ".",
                '\\' when index + 1 < pattern.Length => Regex.Escape(pattern[++index].ToString()),
                var letter => Regex.Escape(letter.ToString()),
            });
        }

        return new Regex(expression + "\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None));
    }
}
