using System.Globalization;
using MlMetadata;
using Field = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

internal sealed record ModelPage(IReadOnlyList<ModelNode> Nodes, string? NextPageToken);

/// <summary>Lists of nodes, whole or in pages.</summary>
internal static class ListRules
{
    public static ModelPage List(IEnumerable<ModelNode> nodes, ListOperationOptions? options)
    {
        if (options is null)
            return new ModelPage([.. nodes.OrderBy(node => node.Id)], null);
        var size = Size(options);
        var (field, isAscending) = Order(options);
        if (field == Field.Unspecified)
            throw ModelFailure.Invalid("the field to order by is FIELD_UNSPECIFIED");

        var order = nodes.Select(node => (Key: Key(node, field), Node: node)).OrderBy(entry => entry.Key).ToList();
        if (!isAscending)
            order.Reverse();
        if (options.NextPageToken.Length > 0)
        {
            // A page begins after a pair of value and id, so that no node is lost or repeated (defect D12, docs/mlmd-compatibility.md).
            var position = Position(options.NextPageToken, field, isAscending);
            order.RemoveAll(entry => isAscending ? entry.Key.CompareTo(position) <= 0 : entry.Key.CompareTo(position) >= 0);
        }
        var page = order.Take(size).ToList();
        return new ModelPage(
            [.. page.Select(entry => entry.Node)],
            order.Count > size ? Token(page[^1].Key, field, isAscending) : null);
    }

    /// <summary>At most 100, with a token (defect D11, docs/mlmd-compatibility.md). The highest number overflows in MLMD.</summary>
    private static int Size(ListOperationOptions options)
    {
        var size = options.HasMaxResultSize ? options.MaxResultSize : 20;
        return size is > 0 and < int.MaxValue ? Math.Min(size, 100) : throw ModelFailure.Invalid("max_result_size is out of range");
    }

    private static (Field Field, bool IsAscending) Order(ListOperationOptions options)
    {
        var order = options.OrderByField;
        var field = order is { HasField: true } && Enum.IsDefined(order.Field) ? order.Field : Field.Id;
        return (field, order is not { HasIsAsc: true } || order.IsAsc);
    }

    private static (long Value, long Id) Key(ModelNode node, Field field) => field switch
    {
        Field.CreateTime => (node.CreateTime, node.Id!.Value),
        Field.LastUpdateTime => (node.LastUpdateTime, node.Id!.Value),
        _ => (node.Id!.Value, node.Id.Value),
    };

    private static string Token((long Value, long Id) last, Field field, bool isAscending) =>
        string.Create(CultureInfo.InvariantCulture, $"{field} {isAscending} {last.Value} {last.Id}");

    /// <summary>A token holds for lists of the same order, whatever else they list.</summary>
    private static (long Value, long Id) Position(string token, Field field, bool isAscending)
    {
        var parts = token.Split(' ');
        if (parts.Length != 4 || parts[0] != $"{field}" || parts[1] != $"{isAscending}")
            throw ModelFailure.Invalid("next_page_token is none of a list in this order");
        return (long.Parse(parts[2], CultureInfo.InvariantCulture), long.Parse(parts[3], CultureInfo.InvariantCulture));
    }
}
