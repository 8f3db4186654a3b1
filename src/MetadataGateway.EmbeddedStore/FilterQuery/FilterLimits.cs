namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>
/// Bounds that no honest filter meets. They keep the parser's and SQLite's stacks from overflowing, and stay below SQLite's own bounds
/// (1000 levels of an expression, 32766 parameters, 64 joined tables, 50000 bytes of a LIKE pattern), whose faults would come up as
/// INTERNAL.
/// </summary>
internal static class FilterLimits
{
    public const int Characters = 256 * 1024;

    /// <summary>Parentheses within parentheses.</summary>
    public const int Nesting = 32;

    /// <summary>Operators within operators; a chain of AND or of OR counts once, however long.</summary>
    public const int Depth = 200;

    /// <summary>Literals, property names and enum names.</summary>
    public const int Values = 30_000;

    /// <summary>
    /// Tables joined for the neighbours that the filter mentions: two for a node or context, one for an event or property.
    /// </summary>
    public const int Tables = 60;

    public const int PatternBytes = 50_000;
}
