using System.Text;
using Grpc.Core;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>Resolves names and checks types. Nothing converts, but an integer that meets a double.</summary>
internal sealed class FilterTypeChecker(PathResolver paths)
{
    public FilterExpression CheckFilter(FilterSyntax filter) => CheckBoolean(filter);

    private FilterExpression Check(FilterSyntax syntax) => syntax switch
    {
        ParenthesizedSyntax parenthesized => Check(parenthesized.Inner),
        LiteralSyntax literal => Literal(literal),
        PathSyntax path => paths.Resolve(path),
        SignSyntax sign => sign.IsMinus ? new NegatedNumber(CheckNumber(sign.Operand)) : CheckNumber(sign.Operand),
        ArithmeticSyntax arithmetic => Check(arithmetic),
        ComparisonSyntax comparison => Check(comparison),
        InSyntax membership => Check(membership),
        LikeSyntax like => new PatternMatch(like.IsNegated, CheckText(like.Operand), CheckPattern(like.Pattern)),
        BetweenSyntax between => Check(between),
        IsSyntax test => Check(test),
        NotSyntax not => new Negation(CheckBoolean(not.Operand)),
        LogicalSyntax logical => new Combination(logical.IsAnd, Array.ConvertAll(logical.Operands, CheckBoolean)),
        _ => throw new ArgumentException($"There is no check of a {syntax.GetType().Name}.", nameof(syntax)),
    };

    // An integer beyond 63 bits goes to SQLite as a double, which SQLite compares with its integers exactly.
    private static LiteralValue Literal(LiteralSyntax literal) => literal.Value switch
    {
        long number => new(ValueKind.Integer, number),
        ulong number => new(ValueKind.Integer, (double)number),
        double number => new(ValueKind.Double, number),
        string text => new(ValueKind.Text, text),
        bool truth => new(ValueKind.Boolean, truth),
        _ => new(ValueKind.Null, null),
    };

    private Calculation Check(ArithmeticSyntax arithmetic)
    {
        var left = CheckNumber(arithmetic.Left);
        var right = CheckNumber(arithmetic.Right);
        // A quotient is a double in GoogleSQL, while SQLite would cut that of two integers.
        var isDouble = arithmetic.Operator == "/" || left.Kind == ValueKind.Double || right.Kind == ValueKind.Double;
        return isDouble ? new(arithmetic.Operator, Widen(left), Widen(right)) : new(arithmetic.Operator, left, right);
    }

    private FilterExpression Check(ComparisonSyntax comparison)
    {
        if (EnumerationAt(comparison.Left) is { } attribute)
            return comparison.Operator is "=" or "!="
                ? new EnumerationTest(comparison.Operator == "!=", attribute, [NumberOf(attribute, comparison.Right)])
                : throw MisusedEnumeration(attribute, comparison.Left);
        var (left, right) = (CheckValue(comparison.Left), CheckValue(comparison.Right));
        Agree(left, comparison.Left, right, comparison.Right);
        return IsMixed(left, right)
            ? new Comparison(comparison.Operator, Widen(left), Widen(right))
            : new Comparison(comparison.Operator, left, right);
    }

    private FilterExpression Check(InSyntax membership)
    {
        if (EnumerationAt(membership.Operand) is { } attribute)
        {
            var numbers = Array.ConvertAll(membership.Items, item => NumberOf(attribute, item));
            return membership.IsSpaced
                ? new EnumerationTest(membership.IsNegated, attribute, numbers)
                : throw FilterFault.At(membership.Position, "white space is missing around IN");
        }
        var operand = CheckValue(membership.Operand);
        var items = Array.ConvertAll(membership.Items, Check);
        for (var index = 0; index < items.Length; index++)
            if (items[index].Kind != ValueKind.Null)
                Agree(operand, membership.Operand, items[index], membership.Items[index]);
        if (operand.Kind == ValueKind.Double || items.Any(item => item.Kind == ValueKind.Double))
            return new Membership(membership.IsNegated, Widen(operand), Array.ConvertAll(items, Widen));
        return new Membership(membership.IsNegated, operand, items);
    }

    private RangeTest Check(BetweenSyntax between)
    {
        var (operand, low, high) = (CheckValue(between.Operand), CheckValue(between.Low), CheckValue(between.High));
        Agree(operand, between.Operand, low, between.Low);
        Agree(operand, between.Operand, high, between.High);
        return IsMixed(operand, low) || IsMixed(operand, high)
            ? new(between.IsNegated, Widen(operand), Widen(low), Widen(high))
            : new(between.IsNegated, operand, low, high);
    }

    private IsTest Check(IsSyntax test) =>
        new(test.IsNegated, test.Truth, test.Truth is null ? Check(test.Operand) : CheckBoolean(test.Operand));

    private FilterExpression CheckPattern(FilterSyntax syntax)
    {
        var pattern = CheckText(syntax);
        if (pattern is LiteralValue { Value: string text } && Encoding.UTF8.GetByteCount(text) > FilterLimits.PatternBytes)
            throw FilterFault.At(syntax.Position, $"a pattern is longer than {FilterLimits.PatternBytes} bytes");
        return pattern;
    }

    private FilterExpression CheckBoolean(FilterSyntax syntax) =>
        CheckValue(syntax) is { Kind: ValueKind.Boolean } value ? value : throw Unfit(syntax, "a condition");

    private FilterExpression CheckText(FilterSyntax syntax) =>
        CheckValue(syntax) is { Kind: ValueKind.Text } value ? value : throw Unfit(syntax, "a string");

    private FilterExpression CheckNumber(FilterSyntax syntax) =>
        CheckValue(syntax) is { Kind: ValueKind.Integer or ValueKind.Double } value ? value : throw Unfit(syntax, "a number");

    private FilterExpression CheckValue(FilterSyntax syntax)
    {
        var value = Check(syntax);
        return value.Kind switch
        {
            ValueKind.Null => throw FilterFault.At(syntax.Position, "NULL stands only after IS and IS NOT, and in the list of an IN"),
            ValueKind.Enumeration => throw MisusedEnumeration((AttributeValue)value, syntax),
            _ => value,
        };
    }

    // MLMD finds the tests of enumerations by their form in the text, so only the plain attribute, in lower case, takes part in one.
    private AttributeValue? EnumerationAt(FilterSyntax syntax) =>
        syntax is PathSyntax path && paths.Resolve(path) is { Kind: ValueKind.Enumeration } value && value.IsWrittenAs(path.Text)
            ? value
            : null;

    private static long NumberOf(AttributeValue attribute, FilterSyntax syntax)
    {
        var names = attribute.Attribute.Names!;
        return syntax is PathSyntax path && names.NumberOf(path.Text) is { } number
            ? number
            : throw FilterFault.At(
                syntax.Position, $"{attribute.Attribute.Name} takes one of these, without quotes: {string.Join(", ", names.All)}");
    }

    private static void Agree(FilterExpression left, FilterSyntax leftSyntax, FilterExpression right, FilterSyntax rightSyntax)
    {
        if (right.Kind is ValueKind.Enumeration)
            throw MisusedEnumeration((AttributeValue)right, rightSyntax);
        if (left.Kind != right.Kind && !(IsNumber(left) && IsNumber(right)))
            throw FilterFault.At(
                rightSyntax.Position, $"{Describe(right)} cannot be compared with {Describe(left)} (at position {leftSyntax.Position})");
    }

    private static bool IsNumber(FilterExpression value) => value.Kind is ValueKind.Integer or ValueKind.Double;

    private static bool IsMixed(FilterExpression left, FilterExpression right) => left.Kind != right.Kind;

    private static FilterExpression Widen(FilterExpression value) => value switch
    {
        { Kind: not ValueKind.Integer } => value,
        LiteralValue { Value: long number } => new LiteralValue(ValueKind.Double, (double)number),
        LiteralValue { Value: double number } => new LiteralValue(ValueKind.Double, number),
        _ => new WidenedValue(value),
    };

    private static string Describe(FilterExpression value) => value.Kind switch
    {
        ValueKind.Integer => "an integer",
        ValueKind.Double => "a double",
        ValueKind.Text => "a string",
        _ => "a condition",
    };

    private static RpcException Unfit(FilterSyntax syntax, string wanted) =>
        FilterFault.At(syntax.Position, $"this is not {wanted}");

    private static RpcException MisusedEnumeration(AttributeValue attribute, FilterSyntax syntax) => FilterFault.At(
        syntax.Position,
        $"{attribute.Attribute.Name}, in lower case, stands without parentheses before =, !=, IN or NOT IN and names such as "
        + $"{attribute.Attribute.Names!.All.Last()}, or before IS [NOT] NULL");
}
