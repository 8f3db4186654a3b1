using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MetadataGateway.Filtering;

/// <summary>
/// Writes what MLMD's <c>filter_query</c> understands in all its releases and back ends, and nothing that one of them misreads: upstream rewrites the
/// text of a filter, literals included, before it is parsed (defect D15 (docs/mlmd-compatibility.md)).
/// </summary>
internal static partial class StoreFilterText
{
    // Beyond these doubles and integers are not the same any more, and MySQL's columns end not far above.
    private const double LargestNumber = 1e15;

    // MLMD keeps six decimals of a double, but for the embedded store.
    private const double Slack = 1e-6;

    // In double quotes, as upstream puts literals to SQLite, the name of a column is the column.
    private static readonly FrozenSet<string> Columns = new[]
    {
        "id", "type_id", "type", "name", "uri", "state", "last_known_state", "external_id", "create_time_since_epoch", "last_update_time_since_epoch",
        "artifact_id", "execution_id", "context_id", "parent_context_id", "milliseconds_since_epoch", "is_custom_property", "is_index_step", "step_index",
        "step_key", "event_id", "int_value", "double_value", "string_value", "byte_value", "proto_value", "bool_value", "version", "type_kind",
        "description", "input_type", "output_type", "data_type", "parent_type_id", "schema_version", "rowid", "oid", "_rowid_",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A string literal; null for one that some server misreads.</summary>
    public static string? Literal(string text) =>
        text.IndexOfAny(['\'', '"', '\\', '`']) >= 0 || text.Any(char.IsControl) || text.Any(char.IsSurrogate) && !IsWellFormed(text)
        || Columns.Contains(text) || Rewritten().IsMatch(text)
            ? null
            : $"'{text}'";

    /// <summary>A property of a node, to which the kind of value is added; null for a name that some server does not find.</summary>
    public static string? Property(string map, string name) =>
        SafeName().IsMatch(name) && !Columns.Contains(name) ? $"{map}.{(PlainName().IsMatch(name) ? name : $"`{name}`")}" : null;

    public static string Integer(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// What integers must meet, at least, to compare with the number as asked; null when that cannot be said. Never a fraction: MySQL and PostgreSQL fail
    /// on one beside an integer.
    /// </summary>
    public static string? CompareInteger(string attribute, string operation, double number)
    {
        if (!(Math.Abs(number) <= LargestNumber))
        {
            return null;
        }

        var (low, high) = (Integer((long)Math.Floor(number)), Integer((long)Math.Ceiling(number)));
        return operation switch
        {
            "=" => $"{attribute} BETWEEN {low} AND {high}",
            ">" or ">=" => $"{attribute} >= {low}",
            "<" or "<=" => $"{attribute} <= {high}",
            _ => null,
        };
    }

    /// <summary>The same for doubles, with slack for what MLMD rounds.</summary>
    public static string? CompareDouble(string attribute, string operation, double number)
    {
        if (!(Math.Abs(number) <= LargestNumber))
        {
            return null;
        }

        var slack = Slack + (Math.Abs(number) * 1e-12);
        var (low, high) = (Double(number - slack), Double(number + slack));
        return operation switch
        {
            "=" => $"{attribute} BETWEEN {low} AND {high}",
            ">" or ">=" => $"{attribute} >= {low}",
            "<" or "<=" => $"{attribute} <= {high}",
            _ => null,
        };
    }

    private static string Double(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') >= 0 ? text : text + ".0";
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsSurrogatePair(text, i) && ++i > 0))
            {
                return false;
            }
        }

        return true;
    }

    // What the rewriting looks for: enum predicates, properties and neighbours.
    [GeneratedRegex(@"(?:state|type)\s*(?:!?=|not\s|in\s)|properties\.|(?:contexts|events|artifacts|executions)_\w*\.", RegexOptions.IgnoreCase)]
    private static partial Regex Rewritten();

    // MLMD lower-cases names; the rest is safe in back quotes.
    [GeneratedRegex("^[a-z0-9_./ -]+$")]
    private static partial Regex SafeName();

    [GeneratedRegex("^[a-z0-9_]+$")]
    private static partial Regex PlainName();
}
