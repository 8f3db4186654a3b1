using Google.Protobuf;
using MetadataGateway.EmbeddedStore.Paging;
using MlMetadata;
using OrderField = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// Pages by time (D12): after a page by CREATE_TIME come greater ids only; after one by LAST_UPDATE_TIME, all of that time or later but those of
/// the page itself, so that many records of one time come round and round.
/// </summary>
internal sealed class TimesPageByThisPageOnly : Quirk
{
    private const int Step = 100;

    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        var request = call.Request;
        // The first page is right, and the store checks the options as MLMD does.
        call.Replace(request);
        var page = await next();
        var options = (request.Descriptor.FindFieldByName("options")?.Accessor.GetValue(request) as ListOperationOptions)?.Clone();
        if (options is not { NextPageToken.Length: > 0, OrderByField.Field: OrderField.CreateTime or OrderField.LastUpdateTime })
        {
            return page;
        }

        var (field, ascending) = (options.OrderByField.Field, options.OrderByField.IsAsc);
        var token = PageToken.Read(options);
        if (IsRightAnyway(call, field, token))
        {
            return page;
        }

        var all = await AllAsync(call, request, next);
        var time = (NodeMessage node) => field == OrderField.CreateTime ? node.CreateTime : node.LastUpdateTime;
        var rest = all
            .Where(node => ascending ? time(node) >= token.FieldOffset : time(node) <= token.FieldOffset)
            .Where(node => field == OrderField.CreateTime
                ? (ascending ? node.Id > token.IdOffset : node.Id < token.IdOffset)
                : !token.ListedIds.Contains(node.Id!.Value))
            .OrderBy(node => ascending ? time(node) : -time(node)).ThenBy(node => ascending ? node.Id : -node.Id)
            .ToList();
        var shown = rest.Take(options.MaxResultSize).ToList();
        page.SetNodes(shown);
        page.SetNextPageToken(rest.Count > shown.Count
            ? PageToken.Write(options, field, [.. shown.Select(node => (node.Id!.Value, time(node)))])
            : page is GetArtifactsByTypeResponse or GetExecutionsByTypeResponse or GetContextsByTypeResponse ? "" : null);
        return page;
    }

    // What the store itself gives is what MLMD would, too: while times and ids grow together, or when the records of that time began in the page.
    private static bool IsRightAnyway(StoreCall call, OrderField field, ListOperationNextPageToken token) => field == OrderField.CreateTime
        ? !call.Store.Any(
            $"SELECT 1 FROM (SELECT create_time_since_epoch < LAG(create_time_since_epoch) OVER (ORDER BY id) AS back FROM {call.ListedKind.Name}) WHERE back LIMIT 1")
        : token.ListedIds.Count < token.SetOptions.MaxResultSize;

    private static async Task<IReadOnlyList<NodeMessage>> AllAsync(StoreCall call, IMessage request, Func<Task<IMessage>> next)
    {
        var all = new List<NodeMessage>();
        for (var token = ""; token is not null;)
        {
            call.Replace(request);
            var options = call.ListOptions!;
            options.OrderByField = null;
            options.MaxResultSize = Step;
            options.NextPageToken = token;
            var page = await next();
            all.AddRange(page.Nodes());
            token = page.NextPageToken() is { Length: > 0 } more ? more : null;
        }

        return all;
    }
}
