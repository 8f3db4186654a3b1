using System.Numerics;

namespace MetadataGateway.Filtering;

/// <summary>
/// Runs a filter on one record, in SQL's three-valued logic: a field that the record does not have is NULL, and so is a comparison with a value
/// of another kind than the literal's. This is what a filter means; whatever MLMD selects beforehand is checked here again.
/// </summary>
internal static class FilterEvaluator
{
    /// <summary>Something that is there, but cannot be compared: an object, a list, a binary value.</summary>
    public static object Incomparable { get; } = new();

    /// <param name="expression">The filter.</param>
    /// <param name="valueOf">A field's value: null, string, bool, long, BigInteger, double, DateTimeOffset or <see cref="Incomparable"/>.</param>
    public static bool Selects(FilterExpression expression, Func<FilterField, object?> valueOf) => Evaluate(expression, valueOf) == true;

    private static bool? Evaluate(FilterExpression expression, Func<FilterField, object?> valueOf) => expression switch
    {
        LogicalExpression { IsAnd: true } and => All(and.Operands, valueOf),
        LogicalExpression or => Any(or.Operands, valueOf),
        NotExpression not => !Evaluate(not.Operand, valueOf),
        ComparisonExpression comparison => Holds(comparison.Operator, Compare(valueOf(comparison.Field), comparison.Literal)),
        InExpression of => IsIn(valueOf(of.Field), of.Literals),
        BetweenExpression between => And(
            Holds(">=", Compare(valueOf(between.Field), between.Low)), Holds("<=", Compare(valueOf(between.Field), between.High))),
        LikeExpression like => valueOf(like.Field) is string text ? like.Pattern.IsMatch(text) : null,
        IsNullExpression isNull => valueOf(isNull.Field) is null,
        _ => throw new ArgumentException($"{expression.GetType()} is no filter expression."),
    };

    private static bool? All(IReadOnlyList<FilterExpression> operands, Func<FilterField, object?> valueOf)
    {
        bool? result = true;
        foreach (var operand in operands)
        {
            result = And(result, Evaluate(operand, valueOf));
            if (result == false)
            {
                break;
            }
        }

        return result;
    }

    private static bool? Any(IReadOnlyList<FilterExpression> operands, Func<FilterField, object?> valueOf)
    {
        bool? result = false;
        foreach (var operand in operands)
        {
            result = !And(!result, !Evaluate(operand, valueOf));
            if (result == true)
            {
                break;
            }
        }

        return result;
    }

    private static bool? And(bool? one, bool? other) => one == false || other == false ? false : one is null || other is null ? null : true;

    // NULL among the comparisons hides a miss, not a hit.
    private static bool? IsIn(object? value, IReadOnlyList<object> literals)
    {
        bool? result = false;
        foreach (var literal in literals)
        {
            var comparison = Compare(value, literal);
            if (comparison == 0)
            {
                return true;
            }

            result = comparison is null ? null : result;
        }

        return result;
    }

    private static bool? Holds(string operation, int? comparison) => comparison is not { } order
        ? null
        : operation switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => throw new ArgumentException($"'{operation}' is no comparison."),
        };

    private static int? Compare(object? value, object literal) => (value, literal) switch
    {
        (string a, string b) => CompareByCodePoint(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (long or BigInteger or double, long or BigInteger or double) => FilterNumber.Compare(value, literal),
        _ => null,
    };

    private static int CompareByCodePoint(string one, string other)
    {
        var (a, b) = (one.EnumerateRunes(), other.EnumerateRunes());
        while (true)
        {
            var (hasA, hasB) = (a.MoveNext(), b.MoveNext());
            if (!hasA || !hasB)
            {
                return hasA.CompareTo(hasB);
            }

            if (a.Current != b.Current)
            {
                return a.Current.CompareTo(b.Current);
            }
        }
    }
}
