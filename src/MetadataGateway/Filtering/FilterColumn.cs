using System.Numerics;
using MetadataGateway.Properties;

namespace MetadataGateway.Filtering;

/// <summary>A place in MLMD where a field of the API is kept, and what MLMD can be asked of it. Null conditions are left to the gateway.</summary>
internal abstract record FilterColumn
{
    /// <summary>The property that a record must have for any condition to hold; null for what every record has.</summary>
    public virtual string? Neighbour => null;

    /// <summary>Whether a query can ask it only once: upstream refuses an enum predicate that stands twice.</summary>
    public virtual bool OnlyOnce => false;

    /// <summary>A condition of MLMD's that holds for every record for which the expression does; null when there is none.</summary>
    public string? Condition(FieldExpression expression) => expression switch
    {
        ComparisonExpression comparison => Compare(comparison.Operator, comparison.Literal),
        InExpression of => AnyOf(of.Literals),
        BetweenExpression between when Compare(">=", between.Low) is { } low && Compare("<=", between.High) is { } high => low == high ? low : $"{low} AND {high}",
        LikeExpression like => Like(like.Pattern),
        _ => null,
    };

    protected abstract string? Compare(string operation, object literal);

    protected virtual string? AnyOf(IReadOnlyList<object> literals)
    {
        var conditions = literals.Select(literal => Compare("=", literal)).Distinct().ToList();
        return conditions.Contains(null) ? null : conditions.Count == 1 ? conditions[0] : $"({string.Join(" OR ", conditions)})";
    }

    protected virtual string? Like(LikePattern pattern) => null;

    /// <summary>A number as MLMD's literals say it, near enough.</summary>
    protected static double? ToDouble(object literal) => literal switch
    {
        long integer => integer,
        BigInteger big => (double)big,
        double number => number,
        _ => null,
    };
}

/// <summary>An id.</summary>
internal sealed record IdColumn : FilterColumn
{
    protected override string? Compare(string operation, object literal) =>
        literal is long id && operation != "!=" ? $"id {operation} {StoreFilterText.Integer(id)}" : null;
}

/// <summary>One of MLMD's two times, in milliseconds since the Unix epoch.</summary>
internal sealed record TimeColumn(string Attribute) : FilterColumn
{
    protected override string? Compare(string operation, object literal) =>
        literal is DateTimeOffset time ? StoreFilterText.CompareInteger(Attribute, operation, (time - DateTimeOffset.UnixEpoch).TotalMilliseconds) : null;
}

/// <summary>A text: an attribute of the node, or (<paramref name="Property"/>) one of its properties.</summary>
/// <param name="Attribute">As a filter of MLMD names it.</param>
/// <param name="Property">The property that a record must have; null for none.</param>
/// <param name="Stored">What MLMD has for a text of the API; null when it is the same.</param>
internal sealed record TextColumn(string Attribute, string? Property = null, Func<string, string>? Stored = null) : FilterColumn
{
    public override string? Neighbour => Property;

    protected override string? Compare(string operation, object literal) =>
        operation == "=" && Literal(literal) is { } text ? $"{Attribute} = {text}" : null;

    protected override string? AnyOf(IReadOnlyList<object> literals)
    {
        var texts = literals.Select(Literal).Distinct().ToList();
        return texts.Contains(null) ? null : $"{Attribute} IN ({string.Join(", ", texts)})";
    }

    // SQLite's LIKE ignores the case of ASCII letters, which selects more, never less.
    protected override string? Like(LikePattern pattern) =>
        Stored is null && pattern.ToStorePattern() is { } text && StoreFilterText.Literal(text) is { } literal ? $"{Attribute} LIKE {literal}" : null;

    private string? Literal(object literal) => literal is string text ? StoreFilterText.Literal(Stored?.Invoke(text) ?? text) : null;
}

/// <summary>A state, under MLMD's own names; its filter does not know all of them.</summary>
internal sealed record EnumColumn(string Attribute, IReadOnlySet<string> Names) : FilterColumn
{
    public override bool OnlyOnce => true;

    protected override string? Compare(string operation, object literal) =>
        operation == "=" && literal is string name && Names.Contains(name) ? $"{Attribute} = {name}" : null;

    protected override string? AnyOf(IReadOnlyList<object> literals) =>
        literals.All(literal => literal is string name && Names.Contains(name)) ? $"{Attribute} IN ({string.Join(", ", literals.Distinct())})" : null;
}

/// <summary>A property of any kind: integers and doubles compare as numbers.</summary>
internal sealed record PropertyColumn(string Property) : FilterColumn
{
    public override string? Neighbour => Property;

    public static PropertyColumn? Of(string map, string name) => StoreFilterText.Property(map, name) is { } property ? new PropertyColumn(property) : null;

    protected override string? Compare(string operation, object literal) => literal switch
    {
        string text => operation == "=" && StoreFilterText.Literal(text) is { } literalText ? $"{Property}.string_value = {literalText}" : null,
        bool flag => operation == "=" ? $"{Property}.bool_value = {(flag ? "TRUE" : "FALSE")}" : null,
        _ when ToDouble(literal) is { } number
            && StoreFilterText.CompareInteger($"{Property}.int_value", operation, number) is { } integers
            && StoreFilterText.CompareDouble($"{Property}.double_value", operation, number) is { } doubles => $"({integers} OR {doubles})",
        _ => null,
    };
}

/// <summary>A member of labels, hyperparameters or values as it is repeated in a custom property, in which every number is a double.</summary>
internal sealed record MemberColumn(string Property) : FilterColumn
{
    public override string? Neighbour => Property;

    protected override string? Compare(string operation, object literal) => literal switch
    {
        string text => operation == "=" && MlmdText.Misreading(text) is null && StoreFilterText.Literal(text) is { } literalText
            ? $"{Property}.string_value = {literalText}"
            : null,
        bool flag => operation == "=" ? $"{Property}.bool_value = {(flag ? "TRUE" : "FALSE")}" : null,
        _ => ToDouble(literal) is { } number ? StoreFilterText.CompareDouble($"{Property}.double_value", operation, number) : null,
    };
}

/// <summary>A condition for records that may hold the field in a way that MLMD cannot look into, whatever is asked of it.</summary>
internal sealed record AnywayColumn(string Text) : FilterColumn
{
    protected override string? Compare(string operation, object literal) => Text;

    protected override string? AnyOf(IReadOnlyList<object> literals) => Text;

    protected override string? Like(LikePattern pattern) => Text;
}

/// <summary>A field that follows from the name of the type.</summary>
internal sealed record KindColumn(Func<string, IReadOnlyCollection<string>> TypeNames) : FilterColumn
{
    protected override string? Compare(string operation, object literal) => operation == "=" ? AnyOf([literal]) : null;

    protected override string? AnyOf(IReadOnlyList<object> literals)
    {
        var names = literals.Select(literal => literal is string kind ? TypeNames(kind) : []).ToList();
        return names.Any(of => of.Count == 0) ? null : Types(names.SelectMany(of => of));
    }

    public static string Types(IEnumerable<string> names) => $"type IN ({string.Join(", ", names.Distinct().Select(name => $"'{name}'"))})";
}
