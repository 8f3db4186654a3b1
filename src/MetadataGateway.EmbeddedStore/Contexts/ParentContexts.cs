using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using Microsoft.Data.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Contexts;

/// <summary>Links from contexts to their parents, which must not form a circle.</summary>
internal sealed class ParentContexts(NodeReader<Context> contexts)
{
    private const string IsAncestor = """
        WITH RECURSIVE ancestor (id) AS (
          VALUES (?)
          UNION
          SELECT link.parent_context_id FROM ParentContext AS link JOIN ancestor ON link.context_id = ancestor.id)
        SELECT 1 FROM ancestor WHERE id = ?
        """;

    public static FilterCondition ParentsOf(long contextId) =>
        new("node.id IN (SELECT parent_context_id FROM ParentContext WHERE context_id = ?)", [contextId]);

    public static FilterCondition ChildrenOf(long contextId) =>
        new("node.id IN (SELECT context_id FROM ParentContext WHERE parent_context_id = ?)", [contextId]);

    public void Insert(StoreConnection connection, ParentContext link)
    {
        if (!link.HasParentId)
            throw StoreStatus.InvalidArgument("A parent context has no parent_id.");
        if (!link.HasChildId)
            throw StoreStatus.InvalidArgument("A parent context has no child_id.");
        CheckExists(connection, link.ParentId, "parent_id");
        CheckExists(connection, link.ChildId, "child_id");
        if (connection.Prepare(IsAncestor).Bind(link.ParentId).Bind(link.ChildId).Any())
            throw StoreStatus.InvalidArgument($"The context {link.ChildId} cannot be a child of {link.ParentId}, which is itself or below it.");
        try
        {
            connection.Prepare("INSERT INTO ParentContext (context_id, parent_context_id) VALUES (?, ?)")
                .Bind(link.ChildId).Bind(link.ParentId).Run();
        }
        catch (SqliteException failure) when (failure.IsUniquenessViolation())
        {
            throw StoreStatus.AlreadyExists($"The context {link.ParentId} is a parent of {link.ChildId} already.");
        }
    }

    private void CheckExists(StoreConnection connection, long id, string field)
    {
        if (!contexts.Exists(connection, id))
            throw StoreStatus.InvalidArgument($"There is no context with the {field} {id}.");
    }
}
