using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>Joins the tables of some neighbours of one node.</summary>
internal sealed class NeighbourTables(SqlText sql, IReadOnlyList<Neighbour> neighbours)
{
    /// <summary>The alias of the node's table in the list that the condition belongs to.</summary>
    public const string Node = "node";

    /// <summary>The alias under which a neighbour's attributes are found.</summary>
    public static string AliasOf(Neighbour neighbour) => $"n{neighbour.Number}";

    /// <summary>Looks from the node: for each node SQLite asks the indexes on the node's id.</summary>
    public void WriteExistence(Action writeConditions)
    {
        sql.Add("EXISTS (SELECT 1 FROM ");
        for (var index = 0; index < neighbours.Count; index++)
            WriteNeighbour(neighbours[index], index == 0 ? null : " JOIN ", $"{Node}.id");
        WriteWhere(neighbours[0], $"{OwnerOf(neighbours[0])} = {Node}.id AND ", writeConditions);
    }

    /// <summary>
    /// Looks from the neighbours: SQLite finds these by their own indexes, or goes through them once, and comes from them to the nodes.
    /// </summary>
    public void WriteNodesOf(Neighbour? driver, NodeKind? askedNode, Action writeConditions)
    {
        var first = driver ?? neighbours[0];
        var owner = OwnerOf(first);
        sql.Add($"{Node}.id IN (SELECT {owner} FROM ");
        if (driver is { Sort.IsIndexedByElement: true })
            // CROSS JOIN is SQLite's way to be told the order.
            sql.Add($"{driver.Sort.ElementTable} AS {AliasOf(driver)} CROSS JOIN {driver.Sort.EdgeTable} AS {EdgeAliasOf(driver)} "
                + $"ON {EdgeAliasOf(driver)}.{driver.Sort.ElementColumn} = {AliasOf(driver)}.id");
        else
            WriteNeighbour(first, null, owner);
        foreach (var neighbour in neighbours.Where(neighbour => neighbour != first))
            WriteNeighbour(neighbour, " JOIN ", owner);
        if (askedNode is { } kind)
            sql.Add($" JOIN {kind} AS {Node} ON {Node}.id = {owner}");
        WriteWhere(first, "", writeConditions);
    }

    private void WriteNeighbour(Neighbour neighbour, string? join, string owner)
    {
        var sort = neighbour.Sort;
        sql.Add($"{join}{sort.EdgeTable} AS {EdgeAliasOf(neighbour)}");
        if (join is not null)
        {
            sql.Add($" ON {OwnerOf(neighbour)} = {owner}");
            WriteProperty(neighbour, " AND ", "");
        }
        if (sort.ElementTable is not null)
            sql.Add($" JOIN {sort.ElementTable} AS {AliasOf(neighbour)} "
                + $"ON {AliasOf(neighbour)}.id = {EdgeAliasOf(neighbour)}.{sort.ElementColumn}");
    }

    private void WriteWhere(Neighbour first, string link, Action writeConditions)
    {
        sql.Add($" WHERE {link}");
        WriteProperty(first, "", " AND ");
        writeConditions();
        sql.Add(")");
    }

    private void WriteProperty(Neighbour neighbour, string before, string after)
    {
        if (neighbour.Sort.IsCustomProperty is not { } isCustom)
            return;
        sql.Add($"{before}{EdgeAliasOf(neighbour)}.name = ").AddParameter(neighbour.Name);
        sql.Add($" AND {EdgeAliasOf(neighbour)}.is_custom_property = {(isCustom ? 1 : 0)}{after}");
    }

    private static string OwnerOf(Neighbour neighbour) => $"{EdgeAliasOf(neighbour)}.{neighbour.Sort.OwnerColumn}";

    private static string EdgeAliasOf(Neighbour neighbour) =>
        neighbour.Sort.ElementTable is null ? AliasOf(neighbour) : $"e{neighbour.Number}";
}
