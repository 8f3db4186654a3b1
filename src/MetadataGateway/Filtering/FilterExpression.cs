namespace MetadataGateway.Filtering;

/// <summary>A filter whose fields are known and whose literals suit them.</summary>
internal abstract record FilterExpression;

internal sealed record LogicalExpression(bool IsAnd, IReadOnlyList<FilterExpression> Operands) : FilterExpression;

internal sealed record NotExpression(FilterExpression Operand) : FilterExpression;

/// <summary>Operator is one of <c>= != &lt; &lt;= &gt; &gt;=</c>.</summary>
internal sealed record ComparisonExpression(FilterField Field, string Operator, object Literal) : FilterExpression;

internal sealed record InExpression(FilterField Field, IReadOnlyList<object> Literals) : FilterExpression;

internal sealed record LikeExpression(FilterField Field, LikePattern Pattern) : FilterExpression;

internal sealed record BetweenExpression(FilterField Field, object Low, object High) : FilterExpression;

internal sealed record IsNullExpression(FilterField Field) : FilterExpression;
