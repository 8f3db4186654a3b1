using System.Text.RegularExpressions;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>
/// Cuts a filter query into tokens. Layout, comments and literals are those of GoogleSQL, which MLMD parses filters with.
/// </summary>
internal static class FilterTokenizer
{
    // char.IsWhiteSpace knows all that GoogleSQL takes for white space, U+00A0 among it, but these two.
    private const string Layout = @"[\s\u0008\u180E]+";

    private const string Comment = @"(?:--[^\r\n]*|#[^\r\n]*|/\*.*?\*/)";

    // A dotted path is one token: a property name may look like a number (properties.1a) or a keyword (properties.order), and any other
    // stands in back quotes, without a way to write a back quote itself.
    private const string Path = "[A-Za-z_][0-9A-Za-z_]*(?:[.](?:[0-9A-Za-z_]+|`[^`]+`))*";

    // A backslash keeps the quote after it from ending the string, in raw strings too. Only the triple-quoted forms run over lines.
    private const string Text = """
        [rR]?(?:\"{3}(?:\\.|(?!\"{3})[^\\])*\"{3}|'{3}(?:\\.|(?!'{3})[^\\])*'{3}|\"(?:\\[^\r\n]|[^\"\\\r\n])*\"|'(?:\\[^\r\n]|[^'\\\r\n])*')
        """;

    private const string Number = @"(?:0[xX][0-9A-Fa-f]+|(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?)(?![0-9A-Za-z_.])";

    private static readonly Tokenizer<FilterToken> Tokens = new TokenizerBuilder<FilterToken>()
        .Ignore(Shape(Layout))
        .Ignore(Shape(Comment))
        .Match(Keyword("AND"), FilterToken.And)
        .Match(Keyword("OR"), FilterToken.Or)
        .Match(Keyword("NOT"), FilterToken.Not)
        .Match(Keyword("IN"), FilterToken.In)
        .Match(Keyword("LIKE"), FilterToken.Like)
        .Match(Keyword("BETWEEN"), FilterToken.Between)
        .Match(Keyword("IS"), FilterToken.Is)
        .Match(Keyword("NULL"), FilterToken.Null)
        .Match(Keyword("TRUE"), FilterToken.True)
        .Match(Keyword("FALSE"), FilterToken.False)
        .Match(Shape(Text), FilterToken.Text)
        .Match(Shape(Path), FilterToken.Path)
        .Match(Shape(Number), FilterToken.Number)
        .Match(Span.EqualTo("!="), FilterToken.NotEqual)
        .Match(Span.EqualTo("<>"), FilterToken.LessOrGreater)
        .Match(Span.EqualTo("<="), FilterToken.LessOrEqual)
        .Match(Span.EqualTo(">="), FilterToken.GreaterOrEqual)
        .Match(Character.EqualTo('='), FilterToken.Equal)
        .Match(Character.EqualTo('<'), FilterToken.Less)
        .Match(Character.EqualTo('>'), FilterToken.Greater)
        .Match(Character.EqualTo('+'), FilterToken.Plus)
        .Match(Character.EqualTo('-'), FilterToken.Minus)
        .Match(Character.EqualTo('*'), FilterToken.Times)
        .Match(Character.EqualTo('/'), FilterToken.Divide)
        .Match(Character.EqualTo('('), FilterToken.Open)
        .Match(Character.EqualTo(')'), FilterToken.Close)
        .Match(Character.EqualTo(','), FilterToken.Comma)
        .Build();

    public static TokenList<FilterToken> Tokenize(string filterQuery)
    {
        var result = Tokens.TryTokenize(filterQuery);
        if (result.HasValue)
            return result.Value;
        var position = result.ErrorPosition.Absolute;
        throw FilterFault.At(position, filterQuery[position] switch
        {
            '\'' or '"' => "the string is not closed",
            '`' => "a back-quoted name stands only after properties. or custom_properties., and must be closed",
            >= '0' and <= '9' => "this is not a number",
            var character => $"unexpected `{character}`",
        });
    }

    private static TextParser<TextSpan> Shape(string pattern) =>
        Span.Regex(pattern, RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static TextParser<TextSpan> Keyword(string word) =>
        Span.Regex($"{word}(?![0-9A-Za-z_.])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
