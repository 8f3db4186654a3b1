namespace MetadataGateway.Filtering;

/// <summary>
/// Turns a filter into what MLMD can select: never less than the filter does, since the gateway can only leave records out. Only what is asked at the top,
/// joined by AND, is looked at: below NOT less would be more, and MLMD takes a record without a property for no match even under OR.
/// </summary>
internal static class FilterPlanner
{
    // Longer ones are left to the gateway; a filter of MLMD has to be parsed and planned, too.
    private const int LongestCondition = 4000;

    /// <param name="expression">The filter; null for none.</param>
    /// <param name="columnsOf">Where a field may be kept, each place for some of the records; none when MLMD cannot select on it.</param>
    public static FilterPlan Plan(FilterExpression? expression, Func<FilterField, IReadOnlyList<FilterColumn>> columnsOf)
    {
        var conditions = new List<string>();
        var alternatives = new List<string>();
        var asked = new HashSet<FilterColumn>();
        foreach (var conjunct in Conjuncts(expression))
        {
            if (conjunct is FieldExpression test && columnsOf(test.Field) is { Count: > 1 } places)
            {
                var queries = places.Select(place => place.Condition(test)).ToList();
                if (alternatives.Count == 0 && !queries.Contains(null))
                {
                    alternatives.AddRange(queries!);
                }
            }
            else if (Condition(conjunct, columnsOf, asked) is { Length: <= LongestCondition } condition)
            {
                conditions.Add(condition);
            }
        }

        return new FilterPlan(conditions, alternatives);
    }

    /// <summary>The values that a field must have one of, whatever else is asked; null when there are no such.</summary>
    public static IReadOnlyList<object>? Literals(FilterExpression? expression, string field) => Conjuncts(expression)
        .Select(conjunct => conjunct switch
        {
            ComparisonExpression { Operator: "=" } comparison when comparison.Field.Name == field => [comparison.Literal],
            InExpression of when of.Field.Name == field => of.Literals,
            _ => (IReadOnlyList<object>?)null,
        })
        .FirstOrDefault(literals => literals is not null);

    private static IEnumerable<FilterExpression> Conjuncts(FilterExpression? expression) => expression switch
    {
        null => [],
        LogicalExpression { IsAnd: true } and => and.Operands.SelectMany(Conjuncts),
        _ => [expression],
    };

    private static string? Condition(
        FilterExpression expression, Func<FilterField, IReadOnlyList<FilterColumn>> columnsOf, HashSet<FilterColumn> asked)
    {
        if (expression is LogicalExpression { IsAnd: false } or)
        {
            // A record must have every property that a query mentions: all sides have to be about the same one, or about none.
            var sides = or.Operands.Select(side => side as FieldExpression).ToList();
            var columns = sides.Select(side => side is not null && columnsOf(side.Field) is [var only] ? only : null).ToList();
            if (columns.Contains(null) || columns.Select(column => column!.Neighbour).Distinct().Count() > 1 || columns.Any(column => column!.OnlyOnce))
            {
                return null;
            }

            var conditions = sides.Zip(columns, (side, column) => column!.Condition(side!)).ToList();
            return conditions.Contains(null) ? null : $"({string.Join(" OR ", conditions.Select(condition => $"({condition})"))})";
        }

        return expression is FieldExpression test && columnsOf(test.Field) is [var place] && (!place.OnlyOnce || asked.Add(place))
            ? place.Condition(test)
            : null;
    }
}
