using System.Text;
using Grpc.Core;
using MetadataGateway.EmbeddedStore.FilterQuery;

namespace MetadataGateway.Tests.Profiles;

/// <summary>One token of a filter, as it is written.</summary>
internal sealed record FilterPart(FilterToken Kind, string Text, int Start)
{
    /// <summary>What a string literal says.</summary>
    public string Literal => LiteralText.String(Text, Start);

    public bool IsText => Kind == FilterToken.Text;

    public bool IsPath => Kind == FilterToken.Path;

    /// <summary>A name in upper case without dots: of a state or an event type.</summary>
    public bool IsEnumName => IsPath && Text.All(letter => char.IsAsciiLetterUpper(letter) || letter == '_');

    /// <summary>The steps of a path, property names without their back quotes.</summary>
    public IReadOnlyList<string> Steps
    {
        get
        {
            var steps = new List<string>();
            for (var start = 0; start < Text.Length;)
            {
                var isQuoted = Text[start] == '`';
                var end = Text.IndexOf(isQuoted ? '`' : '.', start + 1);
                end = end < 0 ? Text.Length : end;
                steps.Add(isQuoted ? Text[(start + 1)..end] : Text[start..end]);
                start = end + (isQuoted ? 2 : 1);
            }

            return steps;
        }
    }

    /// <summary>The property that a path is about; null for another attribute.</summary>
    public string? PropertyName => IsPath && Steps is [var map, var name, _] && map.EndsWith("properties", StringComparison.OrdinalIgnoreCase) ? name : null;

    public string WithProperty(string name) => $"{Steps[0]}.`{name}`.{Steps[2]}";
}

/// <summary>Filters are rewritten as texts, as MLMD does it.</summary>
internal static class FilterText
{
    /// <summary>Equal to nothing that a test stores.</summary>
    public const string Unmatched = "'\uE000'";

    /// <summary>The tokens; none for what is no filter, which the store refuses by itself.</summary>
    public static IReadOnlyList<FilterPart> Parts(string filter)
    {
        try
        {
            return [.. FilterTokenizer.Tokenize(filter).Select(token => new FilterPart(token.Kind, token.ToStringValue(), token.Position.Absolute))];
        }
        catch (RpcException)
        {
            return [];
        }
    }

    public static string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}'";

    /// <summary>The filter with some tokens replaced; null leaves one as it is.</summary>
    public static string Rewrite(string filter, Func<IReadOnlyList<FilterPart>, int, string?> replace)
    {
        var parts = Parts(filter);
        var text = new StringBuilder();
        var end = 0;
        for (var index = 0; index < parts.Count; index++)
        {
            text.Append(filter, end, parts[index].Start - end).Append(replace(parts, index) ?? parts[index].Text);
            end = parts[index].Start + parts[index].Text.Length;
        }

        return text.Append(filter, end, filter.Length - end).ToString();
    }
}
