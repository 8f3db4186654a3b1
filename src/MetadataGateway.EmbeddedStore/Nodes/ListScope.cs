namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>
/// The nodes that a list is limited to: those of a type, or of a context. MLMD's tables have no index that gives such nodes in the order
/// of a page, so there are two ways to find a page: by an index of the members, of which all must then be sorted, or by a walk along the
/// order of the page, which is short if members are frequent.
/// </summary>
/// <param name="Members">A query with a row per member.</param>
/// <param name="MembersOf">The parameter of it, and of the two conditions.</param>
/// <param name="ByIndex">The condition for the first way.</param>
/// <param name="ByWalk">The same condition in a form for which SQLite does not take an index of the members.</param>
internal sealed record ListScope(string Members, long MembersOf, string ByIndex, string ByWalk)
{
    /// <summary>So many members make a walk worth trying.</summary>
    public const int Many = 1000;

    /// <summary>How many nodes a walk may pass before it is given up.</summary>
    public const int LongestWalk = 2000;

    public FilterCondition Indexed => new(ByIndex, [MembersOf]);

    public FilterCondition Walked => new(ByWalk, [MembersOf]);
}
