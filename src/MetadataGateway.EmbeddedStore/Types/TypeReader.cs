using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Types;

/// <summary>Reads types. An id or a name of another kind counts as unknown.</summary>
internal static class TypeReader
{
    // Of several links to base types, which MLMD does not write, the first is taken.
    private const string Select = """
        SELECT type.id, type.name, type.version, type.description, type.external_id, type.input_type, type.output_type,
          (SELECT base.name FROM ParentType AS link JOIN Type AS base ON base.id = link.parent_type_id
           WHERE link.type_id = type.id ORDER BY base.id LIMIT 1)
        FROM Type AS type WHERE type.type_kind = ?
        """;

    public static StoredType? Find(StoreConnection connection, NodeKind kind, string name, string? version)
    {
        // The database does not keep (name, version) unique; MLMD takes the first of several.
        using var rows = connection.Prepare($"{Select} AND type.name = ? AND type.version IS ? ORDER BY type.id LIMIT 1")
            .Bind(kind.TypeKind()).Bind(name).Bind(string.IsNullOrEmpty(version) ? null : version);
        return rows.Step() ? WithProperties(connection, Read(rows)) : null;
    }

    public static StoredType? Find(StoreConnection connection, NodeKind kind, long id)
    {
        using var rows = connection.Prepare($"{Select} AND type.id = ?").Bind(kind.TypeKind()).Bind(id);
        return rows.Step() ? WithProperties(connection, Read(rows)) : null;
    }

    /// <summary>All types of a kind, the simple ones included, by ascending id.</summary>
    public static List<StoredType> List(StoreConnection connection, NodeKind kind)
    {
        using var rows = connection.Prepare($"{Select} ORDER BY type.id").Bind(kind.TypeKind());
        return ReadAll(connection, rows);
    }

    public static List<StoredType> ByExternalIds(StoreConnection connection, NodeKind kind, IEnumerable<string> externalIds)
    {
        using var rows = connection.Prepare($"{Select} AND type.external_id IN (SELECT value FROM json_each(?)) ORDER BY type.id")
            .Bind(kind.TypeKind()).Bind(JsonList.Of(externalIds));
        return ReadAll(connection, rows);
    }

    public static long? IdOf(StoreConnection connection, NodeKind kind, string name, string? version)
    {
        using var rows = connection.Prepare("SELECT id FROM Type WHERE type_kind = ? AND name = ? AND version IS ? ORDER BY id LIMIT 1")
            .Bind(kind.TypeKind()).Bind(name).Bind(string.IsNullOrEmpty(version) ? null : version);
        return rows.Step() ? rows.Int64(0) : null;
    }

    public static bool Exists(StoreConnection connection, NodeKind kind, long id) =>
        connection.Prepare("SELECT 1 FROM Type WHERE id = ? AND type_kind = ?").Bind(id).Bind(kind.TypeKind()).Any();

    public static Dictionary<string, PropertyType> Properties(StoreConnection connection, long typeId)
    {
        var properties = new Dictionary<string, PropertyType>();
        using var rows = connection.Prepare("SELECT name, data_type FROM TypeProperty WHERE type_id = ?").Bind(typeId);
        while (rows.Step())
            properties.Add(rows.Text(0)!, (PropertyType)rows.Int64(1));
        return properties;
    }

    private static StoredType Read(Statement row) => new(
        row.Int64(0),
        row.Text(1)!,
        StoredText.Read(row.Text(2)),
        StoredText.Read(row.Text(3)),
        StoredText.Read(row.Text(4)),
        StoredText.Read(row.Text(5)),
        StoredText.Read(row.Text(6)),
        row.Text(7));

    private static StoredType WithProperties(StoreConnection connection, StoredType type)
    {
        foreach (var (name, kind) in Properties(connection, type.Id))
            type.Properties.Add(name, kind);
        return type;
    }

    private static List<StoredType> ReadAll(StoreConnection connection, Statement rows)
    {
        var types = new List<StoredType>();
        while (rows.Step())
            types.Add(WithProperties(connection, Read(rows)));
        return types;
    }
}
