using Google.Protobuf;
using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Paging;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.EmbeddedStore.Types;
using MlMetadata;
using OrderField = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>Some nodes of a list, and the token of the next page if there is one.</summary>
internal sealed record NodePage<TNode>(IReadOnlyList<TNode> Nodes, string? NextPageToken = null);

/// <summary>Lists nodes: all of them by id if no options are given, else a page in the order asked for.</summary>
internal sealed class NodeLists<TNode>(NodeShape<TNode> shape, NodeReader<TNode> reader)
    where TNode : class, IMessage<TNode>, IDeepCloneable<TNode>
{
    private static readonly FilterCondition Everything = new("TRUE", []);

    public NodePage<TNode> All(StoreConnection connection, ListOperationOptions? options) => List(connection, null, options);

    /// <summary>Null if the type has no nodes or does not exist, in which case MLMD does not look at the options.</summary>
    public NodePage<TNode>? OfType(StoreConnection connection, string typeName, string typeVersion, ListOperationOptions? options) =>
        TypeReader.IdOf(connection, shape.Kind, typeName, typeVersion) is { } typeId
            ? ListMembers(
                connection,
                new ListScope($"SELECT 1 FROM {shape.Table} WHERE type_id = ?", typeId, "node.type_id = ?", "+node.type_id = ?"),
                options)
            : null;

    /// <summary>The nodes linked to a context by a table of edges; null if there are none, as above.</summary>
    public NodePage<TNode>? OfContext(StoreConnection connection, string edges, long contextId, ListOperationOptions? options) =>
        ListMembers(
            connection,
            new ListScope(
                $"SELECT 1 FROM {edges} WHERE context_id = ?",
                contextId,
                $"node.id IN (SELECT {shape.IdColumn} FROM {edges} WHERE context_id = ?)",
                $"EXISTS (SELECT 1 FROM {edges} AS edge WHERE edge.context_id = ? AND edge.{shape.IdColumn} = node.id)"),
            options);

    private NodePage<TNode>? ListMembers(StoreConnection connection, ListScope scope, ListOperationOptions? options) =>
        HasMembers(connection, scope, 1) ? List(connection, scope, options) : null;

    private NodePage<TNode> List(StoreConnection connection, ListScope? scope, ListOperationOptions? options)
    {
        if (options is null)
            return new NodePage<TNode>(reader.Select(connection, scope?.Indexed ?? Everything));
        var page = PageRequest.From(options);
        if (options.FilterQuery.Length > 0)
        {
            var filter = FilterQueryCompiler.Compile(options.FilterQuery, shape.Kind);
            return Read(connection, page, And(scope?.Indexed, And(page.Position, filter)), keepStatement: false);
        }
        return scope is not null && HasMembers(connection, scope, ListScope.Many) && Walk(connection, scope, page) is { } walked
            ? walked
            : Read(connection, page, And(scope?.Indexed, page.Position));
    }

    /// <summary>Null if the walk is given up before the page is full.</summary>
    private NodePage<TNode>? Walk(StoreConnection connection, ListScope scope, PageRequest page)
    {
        var end = page.PositionOf(connection, shape.Table, ListScope.LongestWalk);
        var nodes = Read(connection, page, And(scope.Walked, And(page.Position, end)));
        return end is null || nodes.NextPageToken is not null ? nodes : null;
    }

    private NodePage<TNode> Read(
        StoreConnection connection, PageRequest page, FilterCondition? condition, bool keepStatement = true)
    {
        var (sql, parameters) = condition ?? Everything;
        // One more than asked for shows whether there is a next page.
        var limited = new FilterCondition(sql, [.. parameters, page.Size + 1]);
        var nodes = reader.Select(connection, limited, $"{page.OrderBy} LIMIT ?", keepStatement);
        if (nodes.Count <= page.Size)
            return new NodePage<TNode>(nodes);
        nodes.RemoveAt(page.Size);
        return new NodePage<TNode>(nodes, page.NextToken(nodes.ConvertAll(node => (shape.Id(node)!.Value, page.Field switch
        {
            OrderField.CreateTime => shape.CreateTime(node),
            OrderField.LastUpdateTime => shape.LastUpdateTime(node),
            _ => shape.Id(node)!.Value,
        }))));
    }

    private static bool HasMembers(StoreConnection connection, ListScope scope, int count) =>
        connection.Prepare($"{scope.Members} LIMIT 1 OFFSET {count - 1}").Bind(scope.MembersOf).Any();

    private static FilterCondition? And(FilterCondition? one, FilterCondition? other)
    {
        if (one is null || other is null)
            return one ?? other;
        return new FilterCondition($"({one.Sql}) AND ({other.Sql})", [.. one.Parameters, .. other.Parameters]);
    }
}
