using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>
/// Writes a checked filter as SQL. Tables, columns and operators come from this namespace's own tables; all that the filter brings along
/// becomes a parameter, and its aliases become numbers.
/// </summary>
internal sealed class FilterSqlWriter(SqlText sql, NodeKind kind)
{
    private bool typeLeadsToNodes;

    public void WriteFilter(FilterExpression filter) => sql.AddJoined(ConditionGroup.Split(filter), "AND", WriteGroup);

    // A node matches if there is a choice of neighbours that makes the filter TRUE, so every neighbour that is mentioned must exist.
    private void WriteGroup(ConditionGroup group)
    {
        if (group.Neighbours.Count == 0)
        {
            WriteConditions(group);
            return;
        }
        var tables = new NeighbourTables(sql, group.Neighbours);
        if (group.Driver is not null || group.Neighbours.Any(neighbour => !neighbour.Sort.IsIndexedByOwner))
            tables.WriteNodesOf(group.Driver, group.AsksNode ? kind : null, () => WriteConditions(group));
        else
            tables.WriteExistence(() => WriteConditions(group));
    }

    private void WriteConditions(ConditionGroup group)
    {
        typeLeadsToNodes = group.GivesName(null);
        sql.AddJoined(group.Conditions, "AND", condition =>
        {
            if (ConditionGroup.Given(condition) is { Attribute.IsUniqueInType: true } name && !group.GivesType(name.Of))
                WriteNameTest(condition, name);
            else
                Write(condition, mayFailAsFalse: true);
        });
    }

    // The index on names begins with the type, so a name alone is looked up under each type that is in use. MLMD 1.14 leaves nodes of type
    // 0, which is no type: the types in use are those that the nodes have.
    private void WriteNameTest(FilterExpression condition, AttributeValue name)
    {
        var table = name.Of?.Sort.ElementTable ?? kind.ToString();
        Write("(", condition, $"""
             AND {AliasOf(name)}.type_id IN (WITH RECURSIVE used(id) AS (SELECT min(type_id) FROM {table} UNION ALL
            SELECT (SELECT min(type_id) FROM {table} WHERE type_id > used.id) FROM used WHERE used.id IS NOT NULL) SELECT id FROM used))
            """);
    }

    // Where the whole is only asked whether it is TRUE, a part may be FALSE in place of NULL.
    private void Write(FilterExpression expression, bool mayFailAsFalse = false)
    {
        switch (expression)
        {
            case LiteralValue literal:
                Write(literal);
                break;
            case AttributeValue value:
                Write(value);
                break;
            case WidenedValue widened:
                Write("CAST(", widened.Operand, " AS REAL)");
                break;
            case NegatedNumber negated:
                Write("(-", negated.Operand, ")");
                break;
            case Calculation calculation:
                WriteBinary(calculation.Left, calculation.Operator, calculation.Right);
                break;
            case Comparison { Operator: "=", Left: AttributeValue { Attribute.IsTypeName: true } type, Right: LiteralValue } comparison
                when mayFailAsFalse:
                WriteTypeTest(type, [comparison.Right]);
                break;
            case Comparison comparison:
                WriteBinary(comparison.Left, comparison.Operator, comparison.Right);
                break;
            case Membership { IsNegated: false, Operand: AttributeValue { Attribute.IsTypeName: true } type } membership
                when mayFailAsFalse:
                WriteTypeTest(type, membership.Items);
                break;
            case Membership membership:
                WriteMembership(membership.Operand, membership.IsNegated, membership.Items, item => Write(item));
                break;
            case EnumerationTest test:
                WriteEnumerationTest(test);
                break;
            case PatternMatch match:
                WriteBinary(match.Operand, match.IsNegated ? "NOT LIKE" : "LIKE", match.Pattern);
                break;
            case RangeTest range:
                Write("(", range.Operand, range.IsNegated ? " NOT BETWEEN " : " BETWEEN ");
                WriteBinaryTail(range.Low, "AND", range.High);
                break;
            case IsTest test:
                Write("(", test.Operand, test.IsNegated ? " IS NOT " : " IS ");
                sql.Add(test.Truth switch { null => "NULL", true => "TRUE", false => "FALSE" }).Add(")");
                break;
            case Negation negation:
                Write("(NOT ", negation.Operand, ")");
                break;
            case Combination combination:
                sql.AddJoined(combination.Operands, combination.IsAnd ? "AND" : "OR", operand => Write(operand, mayFailAsFalse));
                break;
            default:
                throw new ArgumentException($"There is no SQL of a {expression.GetType().Name}.", nameof(expression));
        }
    }

    private void Write(LiteralValue literal)
    {
        if (literal.Value is null)
            sql.Add("NULL");
        else
            sql.AddParameter(literal.Value);
    }

    private void Write(AttributeValue value)
    {
        var column = ColumnOf(value);
        sql.Add(value.Attribute.IsTypeName ? $"(SELECT name FROM Type WHERE id = {column})" : column);
    }

    // The index on type and name serves a type together with a name. A type alone is mostly that of many nodes: to walk the nodes in the
    // order of the list and stop at the end of the page is better than to sort all of the type, so the plus keeps SQLite from the index.
    private void WriteTypeTest(AttributeValue type, IReadOnlyList<FilterExpression> names)
    {
        sql.Add($"{(type.Of is null && !typeLeadsToNodes ? "+" : "")}{ColumnOf(type)} IN (SELECT id FROM Type WHERE name IN (");
        sql.AddList(names, name => Write(name));
        sql.Add("))");
    }

    private void WriteEnumerationTest(EnumerationTest test)
    {
        sql.Add("(");
        WriteMembership(test.Operand, test.IsNegated, test.Numbers, number => sql.AddParameter(number));
        sql.Add(test.IsNegated ? $" OR {ColumnOf(test.Operand)} IS NULL)" : ")");
    }

    private void WriteMembership<T>(FilterExpression operand, bool isNegated, IReadOnlyList<T> items, Action<T> write)
    {
        Write("(", operand, isNegated ? " NOT IN (" : " IN (");
        sql.AddList(items, write);
        sql.Add("))");
    }

    private void WriteBinary(FilterExpression left, string operation, FilterExpression right)
    {
        sql.Add("(");
        WriteBinaryTail(left, operation, right);
    }

    private void WriteBinaryTail(FilterExpression left, string operation, FilterExpression right)
    {
        Write("", left, $" {operation} ");
        Write("", right, ")");
    }

    private void Write(string before, FilterExpression expression, string after)
    {
        sql.Add(before);
        Write(expression);
        sql.Add(after);
    }

    private static string ColumnOf(AttributeValue value) => $"{AliasOf(value)}.{value.Attribute.Column}";

    private static string AliasOf(AttributeValue value) => value.Of is null ? NeighbourTables.Node : NeighbourTables.AliasOf(value.Of);
}
