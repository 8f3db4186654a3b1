namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>A sort of rows around a node: its contexts, events, parents, children, members, or the rows of its properties.</summary>
/// <param name="Prefix">What its paths begin with: <c>contexts_</c> is followed by an alias, <c>properties</c> by a step of its
/// own.</param>
/// <param name="EdgeTable">The table that leads to it, or is it.</param>
/// <param name="OwnerColumn">The column of that table which holds the node's id.</param>
/// <param name="Attributes">What can be asked of it.</param>
internal sealed record NeighbourSort(string Prefix, string EdgeTable, string OwnerColumn, IReadOnlyList<FilterAttribute> Attributes)
{
    /// <summary>The column that holds the neighbour's id, if the neighbour has a table of its own.</summary>
    public string? ElementColumn { get; init; }

    public string? ElementTable { get; init; }

    /// <summary>Whether an index leads from a node to its rows. MLMD has none from an artifact or execution to its contexts.</summary>
    public bool IsIndexedByOwner { get; init; } = true;

    /// <summary>Whether an index leads from an element to the rows that link it.</summary>
    public bool IsIndexedByElement { get; init; }

    /// <summary>For properties, whether they are the custom ones; else null.</summary>
    public bool? IsCustomProperty { get; init; }
}
