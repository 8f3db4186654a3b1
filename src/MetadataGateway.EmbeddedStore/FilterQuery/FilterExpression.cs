namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>A filter query whose names are resolved and whose types fit.</summary>
internal abstract record FilterExpression(ValueKind Kind, params IReadOnlyList<FilterExpression> Parts);

/// <summary>One element around the node. All mentions of one alias, or of one property, are the same element.</summary>
/// <param name="Sort">What it is.</param>
/// <param name="Name">Its alias, or the property's name.</param>
/// <param name="Number">Tells its SQL alias from those of the others.</param>
internal sealed record Neighbour(NeighbourSort Sort, string Name, int Number);

/// <param name="Kind">The type of the value.</param>
/// <param name="Value">A long, double, string or bool; null for NULL.</param>
internal sealed record LiteralValue(ValueKind Kind, object? Value) : FilterExpression(Kind);

/// <param name="Attribute">What is asked.</param>
/// <param name="Of">Whom it is asked of; null for the node itself.</param>
internal sealed record AttributeValue(FilterAttribute Attribute, Neighbour? Of) : FilterExpression(Attribute.Kind)
{
    /// <summary>Whether the path has the case of the interface, apart from the alias.</summary>
    public bool IsWrittenAs(string path) => path == (Of is null ? "" : $"{Of.Sort.Prefix}{Of.Name}.") + Attribute.Name;
}

/// <summary>An integer taken as a double, because it meets one.</summary>
internal sealed record WidenedValue(FilterExpression Operand) : FilterExpression(ValueKind.Double, Operand);

internal sealed record NegatedNumber(FilterExpression Operand) : FilterExpression(Operand.Kind, Operand);

internal sealed record Calculation(string Operator, FilterExpression Left, FilterExpression Right)
    : FilterExpression(Left.Kind, Left, Right);

internal sealed record Comparison(string Operator, FilterExpression Left, FilterExpression Right)
    : FilterExpression(ValueKind.Boolean, Left, Right);

internal sealed record Membership(bool IsNegated, FilterExpression Operand, IReadOnlyList<FilterExpression> Items)
    : FilterExpression(ValueKind.Boolean, [Operand, .. Items]);

/// <summary>A test of an enumeration. Where it is negated a missing value passes, unlike in any other comparison.</summary>
internal sealed record EnumerationTest(bool IsNegated, AttributeValue Operand, IReadOnlyList<long> Numbers)
    : FilterExpression(ValueKind.Boolean, Operand);

internal sealed record PatternMatch(bool IsNegated, FilterExpression Operand, FilterExpression Pattern)
    : FilterExpression(ValueKind.Boolean, Operand, Pattern);

internal sealed record RangeTest(bool IsNegated, FilterExpression Operand, FilterExpression Low, FilterExpression High)
    : FilterExpression(ValueKind.Boolean, Operand, Low, High);

/// <param name="IsNegated">Whether NOT follows the word IS.</param>
/// <param name="Truth">The truth value asked for; null for NULL.</param>
/// <param name="Operand">What is tested.</param>
internal sealed record IsTest(bool IsNegated, bool? Truth, FilterExpression Operand) : FilterExpression(ValueKind.Boolean, Operand);

internal sealed record Negation(FilterExpression Operand) : FilterExpression(ValueKind.Boolean, Operand);

internal sealed record Combination(bool IsAnd, IReadOnlyList<FilterExpression> Operands) : FilterExpression(ValueKind.Boolean, Operands);
