namespace MetadataGateway.Filtering;

/// <summary>A filter whose fields are known and whose literals suit them.</summary>
internal abstract record FilterExpression
{
    /// <summary>Whether the result depends on the field or one of its members.</summary>
    public abstract bool Names(string field);
}

internal sealed record LogicalExpression(bool IsAnd, IReadOnlyList<FilterExpression> Operands) : FilterExpression
{
    public override bool Names(string field) => Operands.Any(operand => operand.Names(field));
}

internal sealed record NotExpression(FilterExpression Operand) : FilterExpression
{
    public override bool Names(string field) => Operand.Names(field);
}

/// <summary>Says something of one field.</summary>
internal abstract record FieldExpression(FilterField Field) : FilterExpression
{
    public override bool Names(string field) => Field.Name == field;
}

/// <summary>Operator is one of <c>= != &lt; &lt;= &gt; &gt;=</c>.</summary>
internal sealed record ComparisonExpression(FilterField Field, string Operator, object Literal) : FieldExpression(Field);

internal sealed record InExpression(FilterField Field, IReadOnlyList<object> Literals) : FieldExpression(Field);

internal sealed record LikeExpression(FilterField Field, LikePattern Pattern) : FieldExpression(Field);

internal sealed record BetweenExpression(FilterField Field, object Low, object High) : FieldExpression(Field);

internal sealed record IsNullExpression(FilterField Field) : FieldExpression(Field);
