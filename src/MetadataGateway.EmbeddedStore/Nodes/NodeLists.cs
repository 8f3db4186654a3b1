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

    public NodePage<TNode> All(StoreConnection connection, ListOperationOptions? options) => List(connection, Everything, options);

    /// <summary>Null if the type has no nodes or does not exist, in which case MLMD does not look at the options.</summary>
    public NodePage<TNode>? OfType(StoreConnection connection, string typeName, string typeVersion, ListOperationOptions? options)
    {
        if (TypeReader.IdOf(connection, shape.Kind, typeName, typeVersion) is not { } typeId)
            return null;
        return connection.Prepare($"SELECT 1 FROM {shape.Table} WHERE type_id = ? LIMIT 1").Bind(typeId).Any()
            ? List(connection, new FilterCondition("node.type_id = ?", [typeId]), options)
            : null;
    }

    /// <summary>The nodes linked to a context by a table of edges; null if there are none, as above.</summary>
    public NodePage<TNode>? OfContext(StoreConnection connection, string edges, long contextId, ListOperationOptions? options) =>
        connection.Prepare($"SELECT 1 FROM {edges} WHERE context_id = ? LIMIT 1").Bind(contextId).Any()
            ? List(
                connection,
                new FilterCondition($"node.id IN (SELECT {shape.IdColumn} FROM {edges} WHERE context_id = ?)", [contextId]),
                options)
            : null;

    private NodePage<TNode> List(StoreConnection connection, FilterCondition scope, ListOperationOptions? options)
    {
        if (options is null)
            return new NodePage<TNode>(reader.Select(connection, scope));
        var page = PageRequest.From(options);
        var condition = And(scope, page.Position);
        if (options.FilterQuery.Length > 0)
            condition = And(condition, FilterQueryCompiler.Compile(options.FilterQuery, shape.Kind));
        // One more than asked for shows whether there is a next page.
        var nodes = reader.Select(connection, condition, $"{page.OrderBy} LIMIT {page.Size + 1}");
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

    private static FilterCondition And(FilterCondition one, FilterCondition? other) =>
        other is null ? one : new FilterCondition($"({one.Sql}) AND ({other.Sql})", [.. one.Parameters, .. other.Parameters]);
}
