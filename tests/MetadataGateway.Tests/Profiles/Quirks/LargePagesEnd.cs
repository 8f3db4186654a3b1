using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>More than 100 records to a page: 101 at most, and no token although there are more (D11).</summary>
internal sealed class LargePagesEnd : Quirk
{
    private const int Largest = 100;

    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        // At the highest value MLMD's arithmetic overflows; the store refuses it likewise.
        if (call.ListOptions is not { MaxResultSize: > Largest and < int.MaxValue } options)
        {
            return await next();
        }

        options.MaxResultSize = Largest;
        var kept = call.Request;
        call.Replace(kept);
        var page = await next();
        if (page.NextPageToken() is { Length: > 0 } token)
        {
            call.Replace(kept);
            call.ListOptions!.MaxResultSize = 1;
            call.ListOptions.NextPageToken = token;
            var last = await next();
            last.SetNextPageToken(null);
            // Appends the one record more; the token in between goes.
            page.SetNextPageToken(null);
            page.MergeFrom(last.ToByteString());
            if (page is GetArtifactsByTypeResponse or GetExecutionsByTypeResponse or GetContextsByTypeResponse)
            {
                page.SetNextPageToken("");
            }
        }

        return page;
    }
}
