using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace MetadataGateway.Filtering;

/// <summary>The grammar: OR binds weakest, then AND, then NOT; a predicate is a field, an operator and literals.</summary>
internal sealed class FilterGrammar
{
    public const int MaxLength = 8192;
    public const int MaxDepth = 32;

    private readonly FilterVocabulary _vocabulary;
    private readonly TokenListParser<FilterToken, FilterExpression> _filter;

    public FilterGrammar(FilterVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        TokenListParser<FilterToken, FilterExpression>? disjunction = null;
        var parenthesized =
            from open in Token.EqualTo(FilterToken.Open)
            from inner in Superpower.Parse.Ref(() => disjunction!)
            from close in Token.EqualTo(FilterToken.Close)
            select inner;
        var negation =
            from nots in Token.EqualTo(FilterToken.Not).Many()
            from operand in parenthesized.Or(Predicate())
            select nots.Length % 2 == 0 ? operand : new NotExpression(operand);
        var conjunction = negation.AtLeastOnceDelimitedBy(Token.EqualTo(FilterToken.And)).Select(operands => Logical(true, operands));
        disjunction = conjunction.AtLeastOnceDelimitedBy(Token.EqualTo(FilterToken.Or)).Select(operands => Logical(false, operands));
        _filter = disjunction.AtEnd();
    }

    /// <summary>The expression, or a <see cref="FilterFault"/>.</summary>
    public FilterExpression Parse(string filter)
    {
        if (filter.Length > MaxLength)
        {
            throw new FilterFault(MaxLength, $"a filter has at most {MaxLength} characters");
        }

        var tokens = FilterTokenizer.Tokenize(filter);
        CheckDepth(tokens);
        var result = _filter.TryParse(tokens);
        return result.HasValue
            ? result.Value
            : throw new FilterFault(
                result.Remainder.IsAtEnd ? filter.Length : result.ErrorPosition.Absolute, result.FormatErrorMessageFragment());
    }

    // The parser calls itself at each open parenthesis, so depth is counted before it begins.
    private static void CheckDepth(TokenList<FilterToken> tokens)
    {
        var (depth, negations) = (0, 0);
        foreach (var token in tokens)
        {
            depth += token.Kind switch { FilterToken.Open => 1, FilterToken.Close => -1, _ => 0 };
            negations = token.Kind == FilterToken.Not ? negations + 1 : 0;
            if (depth + negations > MaxDepth)
            {
                throw new FilterFault(token.Position.Absolute, $"a filter has at most {MaxDepth} parentheses and NOTs within one another");
            }
        }
    }

    private static FilterExpression Logical(bool isAnd, FilterExpression[] operands) =>
        operands.Length == 1 ? operands[0] : new LogicalExpression(isAnd, operands);

    private TokenListParser<FilterToken, FilterExpression> Predicate()
    {
        var literal = Token.EqualTo(FilterToken.Text).Or(Token.EqualTo(FilterToken.Number))
            .Or(Token.EqualTo(FilterToken.True)).Or(Token.EqualTo(FilterToken.False)).Named("literal");
        var comparison =
            from operation in Token.EqualTo(FilterToken.Comparison)
            from value in literal
            select Test(field => new ComparisonExpression(field, operation.ToStringValue() is "<>" ? "!=" : operation.ToStringValue(), FilterLiteral.Read(value, field)));
        var isNull =
            from keyword in Token.EqualTo(FilterToken.Is)
            from not in Token.EqualTo(FilterToken.Not).Optional()
            from end in Token.EqualTo(FilterToken.Null)
            select Test(field => Negated(not.HasValue, new IsNullExpression(field)));
        var tested =
            from not in Token.EqualTo(FilterToken.Not).Optional()
            from test in In(literal).Or(Like()).Or(Between(literal))
            select Test(field => Negated(not.HasValue, test(field)));
        return
            from name in Token.EqualTo(FilterToken.Field)
            from test in comparison.Or(isNull).Or(tested)
            select test(_vocabulary.Resolve(name.ToStringValue(), name.Position.Absolute));
    }

    private static TokenListParser<FilterToken, Func<FilterField, FilterExpression>> In(TokenListParser<FilterToken, Token<FilterToken>> literal) =>
        from keyword in Token.EqualTo(FilterToken.In)
        from open in Token.EqualTo(FilterToken.Open)
        from values in literal.AtLeastOnceDelimitedBy(Token.EqualTo(FilterToken.Comma))
        from close in Token.EqualTo(FilterToken.Close)
        select Test(field => new InExpression(field, [.. values.Select(value => FilterLiteral.Read(value, field))]));

    private static TokenListParser<FilterToken, Func<FilterField, FilterExpression>> Like() =>
        from keyword in Token.EqualTo(FilterToken.Like).Or(Token.EqualTo(FilterToken.ILike))
        from pattern in Token.EqualTo(FilterToken.Text)
        select Test(field => new LikeExpression(field, FilterLiteral.ReadPattern(pattern, field, ignoreCase: keyword.Kind == FilterToken.ILike)));

    private static TokenListParser<FilterToken, Func<FilterField, FilterExpression>> Between(TokenListParser<FilterToken, Token<FilterToken>> literal) =>
        from keyword in Token.EqualTo(FilterToken.Between)
        from low in literal
        from and in Token.EqualTo(FilterToken.And)
        from high in literal
        select Test(field => new BetweenExpression(field, FilterLiteral.Read(low, field), FilterLiteral.Read(high, field)));

    private static FilterExpression Negated(bool isNegated, FilterExpression expression) => isNegated ? new NotExpression(expression) : expression;

    private static Func<FilterField, FilterExpression> Test(Func<FilterField, FilterExpression> test) => test;
}
