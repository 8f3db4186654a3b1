using Google.Protobuf;
using Google.Protobuf.Collections;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>
/// Writes the rows of a node's properties. Every statement names the row by its whole key, so that a property and a custom property of
/// the same name do not disturb each other as they do in MLMD (defect D3, docs/mlmd-compatibility.md).
/// </summary>
internal sealed class PropertyWriter<TNode>(NodeShape<TNode> shape)
    where TNode : class, IMessage<TNode>, IDeepCloneable<TNode>
{
    private readonly string insert =
        $"INSERT INTO {shape.PropertyTable} ({shape.IdColumn}, name, is_custom_property, {PropertyValue.Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private readonly string replace =
        $"INSERT OR REPLACE INTO {shape.PropertyTable} ({shape.IdColumn}, name, is_custom_property, {PropertyValue.Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private readonly string delete = $"DELETE FROM {shape.PropertyTable} WHERE {shape.IdColumn} = ? AND name = ? AND is_custom_property = ?";

    public void InsertAll(StoreConnection connection, long id, TNode node)
    {
        foreach (var (name, value) in shape.Properties(node))
            Put(connection, insert, id, name, custom: false, value);
        foreach (var (name, value) in shape.CustomProperties(node))
            Put(connection, insert, id, name, custom: true, value);
    }

    /// <summary>Makes one of the two stored maps equal to the given one, as far as the mask reaches. True if anything changed.</summary>
    public bool Update(
        StoreConnection connection,
        long id,
        bool custom,
        MapField<string, Value> stored,
        MapField<string, Value> given,
        UpdateMask.MapMask? mask)
    {
        var changed = false;
        foreach (var name in stored.Keys.Where(name => !given.ContainsKey(name) && (mask?.Covers(name) ?? true)))
        {
            connection.Prepare(delete).Bind(id).Bind(name).Bind(custom ? 1L : 0L).Run();
            changed = true;
        }
        foreach (var (name, value) in given.Where(property => mask?.Covers(property.Key) ?? true))
        {
            if (stored.TryGetValue(name, out var before) && before.Equals(value))
                continue;
            Put(connection, replace, id, name, custom, value);
            changed = true;
        }
        return changed;
    }

    private static void Put(StoreConnection connection, string statement, long id, string name, bool custom, Value value)
    {
        StoredText.Check(name, "property name");
        PropertyValue.Bind(connection.Prepare(statement).Bind(id).Bind(name).Bind(custom ? 1L : 0L), value).Run();
    }
}
