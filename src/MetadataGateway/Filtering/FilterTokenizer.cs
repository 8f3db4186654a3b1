using System.Text.RegularExpressions;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace MetadataGateway.Filtering;

/// <summary>Cuts a filter into tokens.</summary>
internal static class FilterTokenizer
{
    // A field with its member is one token: a member may be named like a keyword. Any other name stands in back quotes, doubled inside.
    private const string Field = "[A-Za-z_][0-9A-Za-z_]*(?:[.](?:[0-9A-Za-z_]+|`(?:[^`]|``)+`))?(?![.`0-9A-Za-z_])";

    private const string Text = "'(?:[^']|'')*'";

    private const string Number = @"[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])";

    private static readonly Tokenizer<FilterToken> Tokens = new TokenizerBuilder<FilterToken>()
        .Ignore(Shape(@"\s+"))
        .Match(Keyword("AND"), FilterToken.And)
        .Match(Keyword("OR"), FilterToken.Or)
        .Match(Keyword("NOT"), FilterToken.Not)
        .Match(Keyword("IN"), FilterToken.In)
        .Match(Keyword("LIKE"), FilterToken.Like)
        .Match(Keyword("ILIKE"), FilterToken.ILike)
        .Match(Keyword("BETWEEN"), FilterToken.Between)
        .Match(Keyword("IS"), FilterToken.Is)
        .Match(Keyword("NULL"), FilterToken.Null)
        .Match(Keyword("TRUE"), FilterToken.True)
        .Match(Keyword("FALSE"), FilterToken.False)
        .Match(Shape(Text), FilterToken.Text)
        .Match(Shape(Field), FilterToken.Field)
        .Match(Shape(Number), FilterToken.Number)
        .Match(Shape("!=|<>|<=|>=|=|<|>"), FilterToken.Comparison)
        .Match(Character.EqualTo('('), FilterToken.Open)
        .Match(Character.EqualTo(')'), FilterToken.Close)
        .Match(Character.EqualTo(','), FilterToken.Comma)
        .Build();

    public static TokenList<FilterToken> Tokenize(string filter)
    {
        var result = Tokens.TryTokenize(filter);
        if (result.HasValue)
        {
            return result.Value;
        }

        var position = result.ErrorPosition.Absolute;
        throw new FilterFault(position, filter[position] switch
        {
            '\'' => "the string is not closed",
            '"' => "strings stand in single quotes",
            '`' => "a name in back quotes stands only after the dot of a field",
            >= '0' and <= '9' or '+' or '-' => "this is not a number",
            var character when char.IsAsciiLetter(character) || character == '_' =>
                "a field is a name, or a name, a dot and a member; other member names than letters, digits and _ stand in back quotes",
            var character => $"unexpected '{character}'",
        });
    }

    private static TextParser<TextSpan> Shape(string pattern) => Span.Regex($"(?:{pattern})", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static TextParser<TextSpan> Keyword(string word) =>
        Span.Regex($"{word}(?![0-9A-Za-z_.])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
