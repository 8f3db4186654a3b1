using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>
/// The grammar. From weak to strong: OR, AND, NOT, comparisons, + and -, * and /, signs. Comparisons do not chain: each takes sums as
/// operands.
/// </summary>
internal static class FilterGrammar
{
    private static readonly TokenListParser<FilterToken, FilterSyntax> Expression = Superpower.Parse.Ref(() => Disjunction!);

    private static readonly TokenListParser<FilterToken, FilterSyntax> Literal =
        LiteralOf(FilterToken.Number, token => LiteralText.Number(token.ToStringValue(), At(token)))
            .Or(LiteralOf(FilterToken.Text, token => LiteralText.String(token.ToStringValue(), At(token))))
            .Or(LiteralOf(FilterToken.True, _ => true))
            .Or(LiteralOf(FilterToken.False, _ => false))
            .Or(LiteralOf(FilterToken.Null, _ => null));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Path =
        Token.EqualTo(FilterToken.Path).Select(FilterSyntax (token) => new PathSyntax(At(token), token.ToStringValue()));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Parenthesized =
        from open in Token.EqualTo(FilterToken.Open)
        from inner in Expression
        from close in Token.EqualTo(FilterToken.Close)
        select (FilterSyntax)new ParenthesizedSyntax(At(open), inner);

    // Signs and NOT are collected in a loop, so that a thousand of them is a deep tree to refuse, but not a deep stack.
    private static readonly TokenListParser<FilterToken, FilterSyntax> Signed =
        from signs in Token.EqualTo(FilterToken.Minus).Or(Token.EqualTo(FilterToken.Plus)).Many()
        from operand in Literal.Or(Path).Or(Parenthesized)
        select signs.Reverse().Aggregate(operand, (signed, sign) => Sign(sign, signed));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Product = Superpower.Parse.Chain(
        Operator(FilterToken.Times, "*").Or(Operator(FilterToken.Divide, "/")), Signed, Arithmetic);

    private static readonly TokenListParser<FilterToken, FilterSyntax> Sum = Superpower.Parse.Chain(
        Operator(FilterToken.Plus, "+").Or(Operator(FilterToken.Minus, "-")), Product, Arithmetic);

    private static readonly TokenListParser<FilterToken, Func<FilterSyntax, FilterSyntax>> Compared =
        from comparison in Operator(FilterToken.Equal, "=")
            .Or(Operator(FilterToken.NotEqual, "!="))
            .Or(Operator(FilterToken.LessOrGreater, "<>"))
            .Or(Operator(FilterToken.Less, "<"))
            .Or(Operator(FilterToken.LessOrEqual, "<="))
            .Or(Operator(FilterToken.Greater, ">"))
            .Or(Operator(FilterToken.GreaterOrEqual, ">="))
        from right in Sum
        select Suffix(left => new ComparisonSyntax(comparison.Position, comparison.Text, left, right));

    private static readonly TokenListParser<FilterToken, Func<FilterSyntax, FilterSyntax>> Is =
        from keyword in Token.EqualTo(FilterToken.Is)
        from not in Token.EqualTo(FilterToken.Not).Optional()
        from truth in Token.EqualTo(FilterToken.Null).Value((bool?)null)
            .Or(Token.EqualTo(FilterToken.True).Value((bool?)true))
            .Or(Token.EqualTo(FilterToken.False).Value((bool?)false))
        select Suffix(operand => new IsSyntax(At(keyword), not.HasValue, truth, operand));

    private static readonly TokenListParser<FilterToken, Func<FilterSyntax, FilterSyntax>> Tested = Test(isNegated: false)
        .Or(Token.EqualTo(FilterToken.Not).IgnoreThen(Test(isNegated: true)));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Comparison =
        from operand in Sum
        from suffix in Compared.Or(Is).Or(Tested).OptionalOrDefault(left => left)
        select suffix(operand);

    private static readonly TokenListParser<FilterToken, FilterSyntax> Negation =
        from nots in Token.EqualTo(FilterToken.Not).Many()
        from operand in Comparison
        select nots.Reverse().Aggregate(operand, (negated, not) => new NotSyntax(At(not), negated));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Conjunction =
        Negation.AtLeastOnceDelimitedBy(Token.EqualTo(FilterToken.And)).Select(operands => Logical(isAnd: true, operands));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Disjunction =
        Conjunction.AtLeastOnceDelimitedBy(Token.EqualTo(FilterToken.Or)).Select(operands => Logical(isAnd: false, operands));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Filter = Expression.AtEnd();

    public static FilterSyntax Parse(string filterQuery)
    {
        if (filterQuery.Length > FilterLimits.Characters)
            throw FilterFault.Of($"it is longer than {FilterLimits.Characters} characters");
        var tokens = FilterTokenizer.Tokenize(filterQuery);
        CheckNesting(tokens);
        var result = Filter.TryParse(tokens);
        if (!result.HasValue)
            throw FilterFault.At(
                result.Remainder.IsAtEnd ? filterQuery.Length : result.ErrorPosition.Absolute, result.FormatErrorMessageFragment());
        if (result.Value.Depth > FilterLimits.Depth)
            throw FilterFault.Of($"it holds more than {FilterLimits.Depth} operators within one another");
        return result.Value;
    }

    // The parser calls itself at each open parenthesis, so they are counted before it begins.
    private static void CheckNesting(TokenList<FilterToken> tokens)
    {
        var open = 0;
        foreach (var token in tokens)
        {
            open += token.Kind switch { FilterToken.Open => 1, FilterToken.Close => -1, _ => 0 };
            if (open > FilterLimits.Nesting)
                throw FilterFault.At(At(token), $"more than {FilterLimits.Nesting} parentheses are open");
        }
    }

    private static TokenListParser<FilterToken, Func<FilterSyntax, FilterSyntax>> Test(bool isNegated) =>
        (from keyword in Token.EqualTo(FilterToken.In)
         from open in Token.EqualTo(FilterToken.Open)
         from items in Expression.AtLeastOnceDelimitedBy(Token.EqualTo(FilterToken.Comma))
         from close in Token.EqualTo(FilterToken.Close)
         select Suffix(operand => new InSyntax(At(keyword), isNegated, IsSpaced(keyword), operand, items)))
        .Or(from keyword in Token.EqualTo(FilterToken.Like)
            from pattern in Sum
            select Suffix(operand => new LikeSyntax(At(keyword), isNegated, operand, pattern)))
        .Or(from keyword in Token.EqualTo(FilterToken.Between)
            from low in Sum
            from and in Token.EqualTo(FilterToken.And)
            from high in Sum
            select Suffix(operand => new BetweenSyntax(At(keyword), isNegated, operand, low, high)));

    private static TokenListParser<FilterToken, (int Position, string Text)> Operator(FilterToken token, string text) =>
        Token.EqualTo(token).Select(found => (At(found), text));

    private static FilterSyntax Arithmetic((int Position, string Text) operation, FilterSyntax left, FilterSyntax right) =>
        new ArithmeticSyntax(operation.Position, operation.Text, left, right);

    private static FilterSyntax Logical(bool isAnd, FilterSyntax[] operands) =>
        operands.Length == 1 ? operands[0] : new LogicalSyntax(isAnd, operands);

    // The smallest 64-bit integer has no positive counterpart: a sign before an integer belongs to it.
    private static FilterSyntax Sign(Token<FilterToken> sign, FilterSyntax operand) => (sign.Kind, operand) switch
    {
        (FilterToken.Minus, LiteralSyntax { Value: long number }) when number >= 0 => new LiteralSyntax(At(sign), -number),
        (FilterToken.Minus, LiteralSyntax { Value: (ulong)long.MaxValue + 1 }) => new LiteralSyntax(At(sign), long.MinValue),
        _ => new SignSyntax(At(sign), sign.Kind == FilterToken.Minus, operand),
    };

    private static bool IsSpaced(Token<FilterToken> keyword)
    {
        var source = keyword.Span.Source!;
        var end = At(keyword) + keyword.Span.Length;
        return At(keyword) > 0 && char.IsWhiteSpace(source[At(keyword) - 1]) && end < source.Length && char.IsWhiteSpace(source[end]);
    }

    private static Func<FilterSyntax, FilterSyntax> Suffix(Func<FilterSyntax, FilterSyntax> complete) => complete;

    private static TokenListParser<FilterToken, FilterSyntax> LiteralOf(FilterToken token, Func<Token<FilterToken>, object?> read) =>
        Token.EqualTo(token).Select(FilterSyntax (found) => new LiteralSyntax(At(found), read(found)));

    private static int At(Token<FilterToken> token) => token.Position.Absolute;
}
