namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>Something that a filter can name: a column of a node, of a neighbour, or of a property.</summary>
/// <param name="Name">The last step of its path.</param>
/// <param name="Kind">The type of its values.</param>
/// <param name="Column">The column that holds it; for a type's name the type's id.</param>
internal sealed record FilterAttribute(string Name, ValueKind Kind, string Column)
{
    /// <summary>The numbers behind the names of an enumeration.</summary>
    public EnumerationNames? Names { get; init; }

    public bool IsTypeName { get; init; }

    /// <summary>Whether few rows share one value, so that it pays to look for these rows first.</summary>
    public bool IsSelective { get; init; }

    /// <summary>Whether the type and this make a key of the node's table, and have an index.</summary>
    public bool IsUniqueInType { get; init; }

    public static FilterAttribute Integer(string name) => new(name, ValueKind.Integer, name);

    public static FilterAttribute Text(string name) => new(name, ValueKind.Text, name) { IsSelective = true };

    public static FilterAttribute Identity(string name) => new(name, ValueKind.Integer, name) { IsSelective = true };

    public static FilterAttribute NodeName { get; } = Text("name") with { IsUniqueInType = true };

    public static FilterAttribute TypeName { get; } = new("type", ValueKind.Text, "type_id") { IsTypeName = true };

    public static FilterAttribute Enumeration(string name, EnumerationNames names) =>
        new(name, ValueKind.Enumeration, name) { Names = names };
}
