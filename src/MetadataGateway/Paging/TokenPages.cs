using System.Buffers.Text;
using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.Paging;

/// <summary>
/// Pages of a server that cannot filter, by MLMD's own tokens. In the order by last update time such a token lists the records of that time, but those of
/// one page only, so that more records of one millisecond than two pages hold come again and again (defect D12 (docs/mlmd-compatibility.md)): here
/// it is made to list all of them.
/// </summary>
internal sealed class TokenPages<TNode>(ReadStorePage<TNode> read, NodeOrder order)
    where TNode : class
{
    public async Task<NodePage<TNode>> ReadAsync(PagePosition at, int size, CancellationToken cancellationToken)
    {
        // Inside a page the rest is asked for again, and what was given before is skipped.
        var page = await read(order.ToOptions(at.IsInside ? NodeScan.StorePageSize : size, at.StoreToken), cancellationToken);
        var nodes = at.After is { } after ? page.Nodes.Where(node => order.IsAfter(order.PositionOf(node), after)).ToList() : page.Nodes;
        if (string.IsNullOrEmpty(page.NextToken) || page.NextToken == at.StoreToken)
        {
            return new(nodes, null);
        }

        var last = nodes.Count > 0 ? order.PositionOf(nodes[^1]) : at.After;
        return new(nodes, new PagePosition(ListingAll(page.NextToken, at.StoreToken), last));
    }

    // Tokens are not signed, and a page begins with whatever its token does not list.
    private static string ListingAll(string next, string? before)
    {
        if (Parse(next) is not { ListedIds.Count: > 0 } token || Parse(before) is not { } previous || previous.FieldOffset != token.FieldOffset)
        {
            return next;
        }

        token.ListedIds.Add(previous.ListedIds.Except(token.ListedIds).ToList());
        return Base64Url.EncodeToString(token.ToByteArray());
    }

    private static ListOperationNextPageToken? Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : ListOperationNextPageToken.Parser.ParseFrom(Base64Url.DecodeFromChars(text));
        }
        catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
