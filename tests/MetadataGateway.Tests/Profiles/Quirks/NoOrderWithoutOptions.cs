using Google.Protobuf;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>PostgreSQL gives nodes in any order unless a page in some order is asked for: here, descending from the last but one.</summary>
internal sealed class NoOrderWithoutOptions : Quirk
{
    protected override IMessage After(StoreCall call, IMessage response)
    {
        if (!call.IsWrite && call.ListOptions is null && response.NodeList() is { Count: > 1 })
        {
            var descending = response.Nodes().OrderByDescending(node => node.Id).ToList();
            response.SetNodes(descending.Count == 2 ? descending : [.. descending.Skip(1), descending[0]]);
        }

        return response;
    }
}
