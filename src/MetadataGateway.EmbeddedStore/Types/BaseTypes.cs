using MetadataGateway.EmbeddedStore.Sqlite;

namespace MetadataGateway.EmbeddedStore.Types;

/// <summary>The link from a type to the simple type that it is based on. It can be set once, neither changed nor removed.</summary>
internal static class BaseTypes
{
    private const string IsAncestor = """
        WITH RECURSIVE ancestor (id) AS (
          VALUES (?)
          UNION
          SELECT link.parent_type_id FROM ParentType AS link JOIN ancestor ON link.type_id = ancestor.id)
        SELECT 1 FROM ancestor WHERE id = ?
        """;

    public static void Put(StoreConnection connection, TypeDefinition type, long id, int number)
    {
        if (SimpleTypes.NameOf(type.Kind, number) is not { } baseName)
            throw StoreStatus.Unimplemented($"The base type of '{type.Name}' cannot be removed.");
        var baseId = TypeReader.IdOf(connection, type.Kind, baseName, version: null)
            ?? throw StoreStatus.Internal($"The simple type '{baseName}' is missing.");
        if (StoredBase(connection, id) is { } storedId)
        {
            if (storedId != baseId)
                throw StoreStatus.Unimplemented($"The base type of '{type.Name}' cannot be changed to '{baseName}'.");
            return;
        }
        if (connection.Prepare(IsAncestor).Bind(baseId).Bind(id).Any())
            throw StoreStatus.InvalidArgument($"The type '{type.Name}' cannot be based on itself, by way of '{baseName}'.");
        connection.Prepare("INSERT INTO ParentType (type_id, parent_type_id) VALUES (?, ?)").Bind(id).Bind(baseId).Run();
    }

    private static long? StoredBase(StoreConnection connection, long id)
    {
        using var rows = connection.Prepare("SELECT parent_type_id FROM ParentType WHERE type_id = ? ORDER BY parent_type_id LIMIT 1").Bind(id);
        return rows.Step() ? rows.Int64(0) : null;
    }
}
