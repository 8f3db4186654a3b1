using System.Text;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>SQL as it is written, with its parameters in the order of their question marks.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder text = new();
    private readonly List<object> parameters = [];

    public SqlText Add(string sql)
    {
        text.Append(sql);
        return this;
    }

    public SqlText AddParameter(object value)
    {
        if (parameters.Count == FilterLimits.Values)
            throw FilterFault.Of($"it holds more than {FilterLimits.Values} values");
        parameters.Add(value);
        text.Append('?');
        return this;
    }

    public void AddList<T>(IReadOnlyList<T> items, Action<T> add)
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
                text.Append(", ");
            add(items[index]);
        }
    }

    /// <summary>
    /// Joins conditions in a balanced tree of parentheses: SQLite's own tree of a plain chain would be as deep as the chain is long.
    /// </summary>
    public void AddJoined<T>(IReadOnlyList<T> items, string conjunction, Action<T> add) =>
        AddJoined(items, 0, items.Count, conjunction, add);

    public FilterCondition ToCondition() => new(text.ToString(), parameters);

    private void AddJoined<T>(IReadOnlyList<T> items, int start, int end, string conjunction, Action<T> add)
    {
        if (end - start == 1)
        {
            add(items[start]);
            return;
        }
        var middle = (start + end) / 2;
        text.Append('(');
        AddJoined(items, start, middle, conjunction, add);
        text.Append(' ').Append(conjunction).Append(' ');
        AddJoined(items, middle, end, conjunction, add);
        text.Append(')');
    }
}
