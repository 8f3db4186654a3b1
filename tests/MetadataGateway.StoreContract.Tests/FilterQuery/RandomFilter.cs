using System.Globalization;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

/// <summary>Gives the value of an attribute for one choice of neighbours.</summary>
internal delegate object? Choice(string? neighbour, string attribute);

/// <summary>A filter, or a part of one, with what it means; NULL is null.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Strength">How strongly its operator binds, from 1 (OR) to 7 (no operator).</param>
/// <param name="Neighbours">The neighbours it mentions.</param>
/// <param name="Value">Its value, read off from the description of the language rather than from SQL.</param>
internal sealed record Part(string Text, int Strength, IReadOnlySet<string> Neighbours, Func<Choice, object?> Value);

/// <summary>Writes random filters that are valid for one kind of node.</summary>
internal sealed class RandomFilter(Random random, NodeKind kind)
{
    private const int Or = 1, And = 2, Not = 3, Test = 4, Sum = 5, Product = 6, Plain = 7;

    private static readonly string[] Linked = ["id", "create_time_since_epoch", "last_update_time_since_epoch"];

    public Part Condition(int depth) => (depth > 0 && random.Next(2) == 0 ? random.Next(4) : random.Next(4, 11)) switch
    {
        0 => Combine("OR", Or, Condition(depth - 1), Condition(depth - 1), ThreeValued.Or),
        1 or 2 => Combine("AND", And, Condition(depth - 1), Condition(depth - 1), ThreeValued.And),
        3 => Negated(Condition(depth - 1)),
        4 => Compared(Number(depth - 1), Number(depth - 1)),
        5 => Compared(Text(), Text()),
        6 => Matched(Text(), Text()),
        7 => Listed(depth),
        8 => Ranged(Number(depth - 1), Number(depth - 1), Number(depth - 1)),
        9 => TestedState(),
        _ => Tested(depth),
    };

    private Part Negated(Part operand) =>
        new($"NOT {Wrap(operand, Not)}", Not, operand.Neighbours, choice => ThreeValued.Not(operand.Value(choice)));

    private Part Compared(Part left, Part right)
    {
        var symbol = Pick("=", "=", "!=", "<>", "<", "<=", ">", ">=");
        return Combine(symbol, Test, left, right, (one, other) => ThreeValued.Compare(one, symbol, other), operandStrength: Sum);
    }

    private Part Matched(Part text, Part pattern)
    {
        var isNegated = random.Next(3) == 0;
        var symbol = isNegated ? "NOT LIKE" : "LIKE";
        return Combine(symbol, Test, text, pattern, (one, other) => ThreeValued.Like(one, other, isNegated), operandStrength: Sum);
    }

    private Part Listed(int depth)
    {
        var isNumber = random.Next(2) == 0;
        var operand = isNumber ? Number(depth - 1) : Text();
        var items = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => random.Next(8) == 0 ? Literal("NULL", null) : isNumber ? Number(depth - 1) : Text()).ToList();
        var isNegated = random.Next(3) == 0;
        return new(
            $"{Wrap(operand, Sum)} {(isNegated ? "NOT " : "")}in ({string.Join(", ", items.Select(item => item.Text))})",
            Test,
            Union([operand, .. items]),
            choice =>
            {
                var value = operand.Value(choice);
                var isIn = items
                    .Select(item => ThreeValued.Compare(value, "=", item.Value(choice))).Aggregate((object?)false, ThreeValued.Or);
                return isNegated ? ThreeValued.Not(isIn) : isIn;
            });
    }

    private Part Ranged(Part operand, Part low, Part high)
    {
        var isNegated = random.Next(3) == 0;
        return new(
            $"{Wrap(operand, Sum)} {(isNegated ? "NOT " : "")}BETWEEN {Wrap(low, Sum)} AND {Wrap(high, Sum)}",
            Test,
            Union([operand, low, high]),
            choice =>
            {
                var isWithin = ThreeValued.And(
                    ThreeValued.Compare(operand.Value(choice), ">=", low.Value(choice)),
                    ThreeValued.Compare(operand.Value(choice), "<=", high.Value(choice)));
                return isNegated ? ThreeValued.Not(isWithin) : isWithin;
            });
    }

    private Part TestedState()
    {
        var (attribute, names) = kind switch
        {
            NodeKind.Artifact when random.Next(2) == 0 => (Attribute(null, "state"), new[] { "UNKNOWN", "PENDING", "LIVE" }),
            NodeKind.Execution when random.Next(2) == 0 => (Attribute(null, "last_known_state"), ["UNKNOWN", "NEW", "RUNNING"]),
            NodeKind.Context when random.Next(2) == 0 => (Attribute(Alias("artifacts"), "state"), ["UNKNOWN", "PENDING", "LIVE"]),
            NodeKind.Context => (Attribute(Alias("executions"), "last_known_state"), ["UNKNOWN", "NEW", "RUNNING"]),
            _ => (Attribute(Alias("events"), "type"), ["UNKNOWN", "DECLARED_OUTPUT", "DECLARED_INPUT", "INPUT", "OUTPUT"]),
        };
        var chosen = Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(names.Length)).ToList();
        var isNegated = random.Next(2) == 0;
        var isList = random.Next(2) == 0;
        var text = isList
            ? $"{attribute.Text} {(isNegated ? "NOT IN" : "IN")} ({string.Join(",", chosen.Select(name => names[name]))})"
            : $"{attribute.Text}{(isNegated ? "!=" : "=")}{names[chosen[0]]}";
        var numbers = (isList ? chosen : [chosen[0]]).ConvertAll(name => (object)(long)name);
        return new(text, Test, attribute.Neighbours, choice => attribute.Value(choice) is { } value
            ? numbers.Contains(value) != isNegated
            : isNegated ? true : null);
    }

    private Part Tested(int depth)
    {
        var isNegated = random.Next(2) == 0;
        var isNull = random.Next(2) == 0;
        var truth = random.Next(2) == 0;
        var operand = isNull ? (random.Next(2) == 0 ? Text() : Number(depth - 1)) : depth > 0 ? Condition(depth - 1) : Boolean();
        return new(
            $"{Wrap(operand, Sum)} IS {(isNegated ? "NOT " : "")}{(isNull ? "NULL" : truth ? "TRUE" : "FALSE")}",
            Test,
            operand.Neighbours,
            choice => operand.Value(choice) is var value && (isNull ? value is null : Equals(value, truth)) != isNegated);
    }

    private Part Number(int depth)
    {
        switch (random.Next(depth <= 0 ? 4 : 8))
        {
            case 0:
                var whole = random.Next(-2, 4);
                return Literal(whole.ToString(CultureInfo.InvariantCulture), (long)whole);
            case 1:
                var half = random.Next(0, 6) / 2.0;
                return Literal(half.ToString("0.0", CultureInfo.InvariantCulture), half);
            case 2:
                return Attribute(Property(), Pick("int_value", "double_value"));
            case 3:
                return random.Next(2) == 0 ? Attribute(null, Pick([.. Linked, "type_id"])) : NeighbourNumber();
            case 4:
                return Combine("+", Sum, Number(depth - 1), Number(depth - 1), ThreeValued.Add);
            case 5:
                return Combine("-", Sum, Number(depth - 1), Number(depth - 1), ThreeValued.Subtract);
            case 6:
                return Combine("*", Product, Number(depth - 1), Number(depth - 1), ThreeValued.Multiply);
            default:
                return Combine("/", Product, Number(depth - 1), Number(depth - 1), ThreeValued.Divide);
        }
    }

    private Part NeighbourNumber() => kind switch
    {
        NodeKind.Context => Attribute(Alias(Pick("parent_contexts", "child_contexts", "artifacts", "executions")), Pick(Linked)),
        _ when random.Next(2) == 0 => Attribute(Alias("contexts"), Pick(Linked)),
        NodeKind.Artifact => Attribute(Alias("events"), Pick("execution_id", "milliseconds_since_epoch")),
        _ => Attribute(Alias("events"), Pick("artifact_id", "milliseconds_since_epoch")),
    };

    private Part Text()
    {
        switch (random.Next(5))
        {
            case 0:
                return Attribute(Property(), "string_value");
            case 1:
                var sort = kind == NodeKind.Context ? Pick("parent_contexts", "child_contexts", "artifacts", "executions") : "contexts";
                return Attribute(Alias(sort), Pick("name", "type"));
            case 2:
                return Attribute(null, Pick("name", "type", "external_id", kind == NodeKind.Artifact ? "uri" : "name"));
            default:
                var value = random.Next(3) == 0 ? Pick(RandomStore.TypeNames) : Pick([.. RandomStore.Texts, "%a%", "_", "a%"]);
                return Literal(random.Next(2) == 0 ? $"\"{value}\"" : $"'{value.Replace("'", "\\'", StringComparison.Ordinal)}'", value);
        }
    }

    private Part Boolean() => random.Next(2) == 0 ? Attribute(Property(), "bool_value") : Literal(Pick("TRUE", "true"), true);

    private string Property()
    {
        var name = Pick(RandomStore.PropertyNames);
        return $"{Pick("properties", "custom_properties")}.{(name.Contains(' ') ? $"`{name}`" : name)}";
    }

    private string Alias(string sort) => $"{sort}_{Pick("a", "a", "b", "A")}";

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private static Part Literal(string text, object? value) =>
        new(text, text[0] == '-' ? Product : Plain, new HashSet<string>(), _ => value);

    private static Part Attribute(string? neighbour, string attribute) => new(
        neighbour is null ? attribute : $"{neighbour}.{attribute}",
        Plain,
        neighbour is null ? new HashSet<string>() : new HashSet<string> { neighbour },
        choice => choice(neighbour, attribute));

    private Part Combine(
        string symbol, int strength, Part left, Part right, Func<object?, object?, object?> combine, int? operandStrength = null) => new(
        $"{Wrap(left, operandStrength ?? strength)} {symbol} {Wrap(right, operandStrength ?? strength + 1)}",
        strength,
        Union([left, right]),
        choice => combine(left.Value(choice), right.Value(choice)));

    // Parentheses where they are needed, and sometimes where they are not.
    private string Wrap(Part part, int least) =>
        part.Strength < least || random.Next(8) == 0 && part.Strength < Plain ? $"({part.Text})" : part.Text;

    private static HashSet<string> Union(IEnumerable<Part> parts) => [.. parts.SelectMany(part => part.Neighbours)];
}
