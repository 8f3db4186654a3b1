using System.Buffers.Text;
using Google.Protobuf;
using MlMetadata;
using OrderField = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.EmbeddedStore.Paging;

/// <summary>The token between two pages, in MLMD's own form: a message in web-safe base64 without padding.</summary>
internal static class PageToken
{
    public static string Write(ListOperationOptions options, OrderField field, IReadOnlyList<(long Id, long Value)> page)
    {
        var (lastId, lastValue) = page[^1];
        var token = new ListOperationNextPageToken { IdOffset = lastId, FieldOffset = lastValue, SetOptions = options.Clone() };
        token.SetOptions.ClearNextPageToken();
        // Of no use to this store, but part of the token in MLMD: the nodes at the end of the page that share a last update time.
        if (field == OrderField.LastUpdateTime)
            token.ListedIds.AddRange(page.Reverse().TakeWhile(node => node.Value == lastValue).Select(node => node.Id));
        return Base64Url.EncodeToString(token.ToByteArray());
    }

    public static ListOperationNextPageToken Read(ListOperationOptions options)
    {
        var token = Parse(options.NextPageToken);
        var before = token.SetOptions ?? new ListOperationOptions();
        var field = PageRequest.FieldOf(options);
        if (PageRequest.FieldOf(before) != field || PageRequest.IsAscending(before) != PageRequest.IsAscending(options))
            throw StoreStatus.InvalidArgument("next_page_token belongs to a list in another order (order_by_field).");
        if (field == OrderField.LastUpdateTime && token.ListedIds.Count == 0)
            throw StoreStatus.InvalidArgument("next_page_token names no node of the page before.");
        return token;
    }

    private static ListOperationNextPageToken Parse(string text)
    {
        try
        {
            return ListOperationNextPageToken.Parser.ParseFrom(Base64Url.DecodeFromChars(text));
        }
        catch (Exception failure) when (failure is FormatException or InvalidProtocolBufferException)
        {
            throw StoreStatus.InvalidArgument("next_page_token is not a token of this service.");
        }
    }
}
