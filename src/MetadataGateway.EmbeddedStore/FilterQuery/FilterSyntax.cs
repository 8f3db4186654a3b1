namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>A filter query as it was written, before its names and types are looked at.</summary>
/// <param name="Position">Where it begins, or for an operator where that stands; counted in characters from 0.</param>
/// <param name="Depth">Levels of the tree from here down.</param>
internal abstract record FilterSyntax(int Position, int Depth);

/// <summary>Its value is a long, or a ulong beyond the range of that; a double, string or bool; null for the word NULL.</summary>
internal sealed record LiteralSyntax(int Position, object? Value) : FilterSyntax(Position, 1);

/// <summary>A dotted path: an attribute, or the bare name of an enum value.</summary>
internal sealed record PathSyntax(int Position, string Text) : FilterSyntax(Position, 1);

/// <summary>Kept in the tree because enum predicates take no parentheses around the attribute or the name.</summary>
internal sealed record ParenthesizedSyntax(int Position, FilterSyntax Inner) : FilterSyntax(Position, Inner.Depth + 1);

internal sealed record SignSyntax(int Position, bool IsMinus, FilterSyntax Operand) : FilterSyntax(Position, Operand.Depth + 1);

internal sealed record ArithmeticSyntax(int Position, string Operator, FilterSyntax Left, FilterSyntax Right)
    : FilterSyntax(Position, Math.Max(Left.Depth, Right.Depth) + 1);

internal sealed record ComparisonSyntax(int Position, string Operator, FilterSyntax Left, FilterSyntax Right)
    : FilterSyntax(Position, Math.Max(Left.Depth, Right.Depth) + 1);

/// <summary>IN is spaced if white space stands on both sides of the keyword, as enum predicates need it.</summary>
internal sealed record InSyntax(int Position, bool IsNegated, bool IsSpaced, FilterSyntax Operand, FilterSyntax[] Items)
    : FilterSyntax(Position, Math.Max(Operand.Depth, Items.Max(item => item.Depth)) + 1);

internal sealed record LikeSyntax(int Position, bool IsNegated, FilterSyntax Operand, FilterSyntax Pattern)
    : FilterSyntax(Position, Math.Max(Operand.Depth, Pattern.Depth) + 1);

internal sealed record BetweenSyntax(int Position, bool IsNegated, FilterSyntax Operand, FilterSyntax Low, FilterSyntax High)
    : FilterSyntax(Position, Math.Max(Operand.Depth, Math.Max(Low.Depth, High.Depth)) + 1);

/// <summary>IS with TRUE, FALSE, or (null) with NULL.</summary>
internal sealed record IsSyntax(int Position, bool IsNegated, bool? Truth, FilterSyntax Operand)
    : FilterSyntax(Position, Operand.Depth + 1);

internal sealed record NotSyntax(int Position, FilterSyntax Operand) : FilterSyntax(Position, Operand.Depth + 1);

internal sealed record LogicalSyntax(bool IsAnd, FilterSyntax[] Operands)
    : FilterSyntax(Operands[0].Position, Operands.Max(operand => operand.Depth) + 1);
