using Google.Protobuf;
using MetadataGateway.EmbeddedStore.Sqlite;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>Reads whole nodes: their rows, and then the properties of all of them at once.</summary>
internal sealed class NodeReader<TNode>(NodeShape<TNode> shape)
    where TNode : class, IMessage<TNode>, IDeepCloneable<TNode>
{
    private readonly string select =
        "SELECT node.id, node.type_id, node_type.name, node.name, node.external_id, node.create_time_since_epoch, "
        + string.Join(", ", shape.OwnColumns.Select(column => "node." + column).Prepend("node.last_update_time_since_epoch"))
        + $" FROM {shape.Table} AS node LEFT JOIN Type AS node_type ON node_type.id = node.type_id WHERE ";

    private readonly string exists = $"SELECT 1 FROM {shape.Table} WHERE id = ?";

    private readonly string propertiesOfOne =
        $"SELECT {shape.IdColumn}, name, is_custom_property, {PropertyValue.Columns} FROM {shape.PropertyTable} WHERE {shape.IdColumn} = ?";

    private readonly string propertiesOfMany =
        $"SELECT {shape.IdColumn}, name, is_custom_property, {PropertyValue.Columns} FROM {shape.PropertyTable} "
        + $"WHERE {shape.IdColumn} IN (SELECT value FROM json_each(?))";

    public bool Exists(StoreConnection connection, long id) => connection.Prepare(exists).Bind(id).Any();

    public TNode? Find(StoreConnection connection, long id) =>
        Select(connection, new FilterCondition("node.id = ?", [id])).SingleOrDefault();

    public TNode? Find(StoreConnection connection, long typeId, string name) =>
        Select(connection, new FilterCondition("node.type_id = ? AND node.name = ?", [typeId, name])).SingleOrDefault();

    /// <summary>The nodes with these ids, each once, by ascending id; unknown ids are skipped.</summary>
    public List<TNode> FindMany(StoreConnection connection, IReadOnlyCollection<long> ids) => ids.Count switch
    {
        0 => [],
        1 => Select(connection, new FilterCondition("node.id = ?", [ids.First()])),
        _ => Select(connection, new FilterCondition("node.id IN (SELECT value FROM json_each(?))", [JsonList.Of(ids)])),
    };

    public List<TNode> ByExternalIds(StoreConnection connection, IEnumerable<string> externalIds) =>
        Select(connection, new FilterCondition("node.external_id IN (SELECT value FROM json_each(?))", [JsonList.Of(externalIds)]));

    /// <summary>The nodes that meet a condition, which may be followed by another order and a limit.</summary>
    public List<TNode> Select(
        StoreConnection connection, FilterCondition condition, string order = "ORDER BY node.id", bool keepStatement = true)
    {
        var nodes = new List<TNode>();
        using (var rows = connection.Prepare($"{select}{condition.Sql} {order}", keepStatement).BindAll(condition.Parameters))
            while (rows.Step())
                nodes.Add(shape.Read(rows));
        if (nodes.Count > 0)
            AddProperties(connection, nodes);
        return nodes;
    }

    private void AddProperties(StoreConnection connection, List<TNode> nodes)
    {
        if (nodes.Count == 1)
        {
            using var rows = connection.Prepare(propertiesOfOne).Bind(shape.Id(nodes[0])!.Value);
            while (rows.Step())
                AddProperty(nodes[0], rows);
            return;
        }
        var byId = nodes.ToDictionary(node => shape.Id(node)!.Value);
        using var allRows = connection.Prepare(propertiesOfMany).Bind(JsonList.Of(byId.Keys));
        while (allRows.Step())
            AddProperty(byId[allRows.Int64(0)], allRows);
    }

    private void AddProperty(TNode node, Statement row)
    {
        // A row without any value says nothing about the property; MLMD fails on the whole node there.
        if (PropertyValue.Read(row, 3) is not { } value)
            return;
        var map = row.Int64(2) == 0 ? shape.Properties(node) : shape.CustomProperties(node);
        map[row.Text(1)!] = value;
    }
}
