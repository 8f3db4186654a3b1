using Grpc.Core;

namespace MetadataGateway.MetadataStore;

/// <summary>Metadata as its receiver sees it after a journey over HTTP/2: a copy, with the entries of one key side by side.</summary>
internal static class ReceivedMetadata
{
    public static Metadata Of(Metadata? sent)
    {
        var received = new Metadata();
        foreach (var entry in ByKey(sent).SelectMany(entries => entries))
            received.Add(entry);

        return received;
    }

    /// <summary>The headers of a request, of which HTTP/2 clients in .NET send one per key.</summary>
    public static Metadata OfRequest(Metadata? sent)
    {
        var received = new Metadata();
        foreach (var entries in ByKey(sent))
        {
            if (entries.Key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
                received.Add(entries.First());
            else
                received.Add(entries.Key, string.Join(", ", entries.Select(entry => entry.Value)));
        }

        return received;
    }

    private static IEnumerable<IGrouping<string, Metadata.Entry>> ByKey(Metadata? sent) => (sent ?? []).GroupBy(entry => entry.Key);
}
