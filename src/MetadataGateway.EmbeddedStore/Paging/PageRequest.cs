using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;
using OrderField = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.EmbeddedStore.Paging;

/// <summary>A checked set of list options: how many nodes, in which order, from where on.</summary>
internal sealed class PageRequest
{
    // MLMD caps larger sizes at 101 and then forgets the token; the cap here is its documented one, and no node is lost behind it
    // (defect D11, docs/mlmd-compatibility.md).
    private const int MaxSize = 100;

    private readonly ListOperationOptions options;

    private PageRequest(ListOperationOptions options) => this.options = options;

    public int Size { get; private init; }

    public OrderField Field { get; private init; }

    public bool Ascending { get; private init; }

    /// <summary>Where the page begins; null at the start of the list.</summary>
    public FilterCondition? Position { get; private init; }

    public string OrderBy => Field == OrderField.Id
        ? $"ORDER BY node.id {Direction}"
        : $"ORDER BY {Column(Field)} {Direction}, node.id {Direction}";

    private string Direction => Ascending ? "ASC" : "DESC";

    public static PageRequest From(ListOperationOptions options)
    {
        // At its highest value MLMD's own arithmetic overflows, which it then reports as a size below zero.
        if (options.MaxResultSize is <= 0 or int.MaxValue)
            throw StoreStatus.InvalidArgument($"max_result_size must be between 1 and {MaxSize}, and is {options.MaxResultSize}.");
        var field = FieldOf(options);
        if (field == OrderField.Unspecified)
            throw StoreStatus.InvalidArgument("order_by_field.field is FIELD_UNSPECIFIED.");
        var ascending = IsAscending(options);
        return new PageRequest(options)
        {
            Size = Math.Min(options.MaxResultSize, MaxSize),
            Field = field,
            Ascending = ascending,
            Position = options.NextPageToken.Length == 0 ? null : PositionAfter(PageToken.Read(options), field, ascending),
        };
    }

    /// <summary>The token that continues after a page.</summary>
    /// <param name="page">Ids and values of the order field, in the order of the page.</param>
    public string NextToken(IReadOnlyList<(long Id, long Value)> page) => PageToken.Write(options, Field, page);

    /// <summary>Up to and including the node that comes so many nodes later; null if there are fewer.</summary>
    public FilterCondition? PositionOf(StoreConnection connection, string table, int count)
    {
        var value = Field == OrderField.Id ? "node.id" : Column(Field);
        using var rows = connection
            .Prepare($"SELECT {value}, node.id FROM {table} AS node WHERE {Position?.Sql ?? "TRUE"} {OrderBy} LIMIT 1 OFFSET {count - 1}")
            .BindAll(Position?.Parameters ?? []);
        return rows.Step() ? Compare(Field, Ascending ? "<=" : ">=", rows.Int64(0), rows.Int64(1)) : null;
    }

    internal static OrderField FieldOf(ListOperationOptions options) =>
        // An enum number that MLMD does not know counts as unset.
        options.OrderByField is { HasField: true } order && Enum.IsDefined(order.Field) ? order.Field : OrderField.Id;

    internal static bool IsAscending(ListOperationOptions options) => options.OrderByField?.IsAsc ?? true;

    /// <summary>
    /// A position is the pair of value and id, the same pair that the list is ordered by, so that no node is skipped or repeated however
    /// many share a time (defect D12, docs/mlmd-compatibility.md).
    /// </summary>
    private static FilterCondition Compare(OrderField field, string comparison, long value, long id) => field == OrderField.Id
        ? new FilterCondition($"node.id {comparison} ?", [value])
        : new FilterCondition($"({Column(field)}, node.id) {comparison} (?, ?)", [value, id]);

    private static FilterCondition PositionAfter(ListOperationNextPageToken token, OrderField field, bool ascending) =>
        Compare(field, ascending ? ">" : "<", token.FieldOffset, token.IdOffset);

    private static string Column(OrderField field) =>
        field == OrderField.CreateTime ? "node.create_time_since_epoch" : "node.last_update_time_since_epoch";
}
