using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>A call on its way to the store, whose request the quirks may change.</summary>
internal sealed class StoreCall(string method, IMessage request, BackingStore store)
{
    public string Method => method;

    /// <summary>A message of this call's own.</summary>
    public IMessage Request { get; set; } = request;

    /// <summary>What lies behind all quirks.</summary>
    public BackingStore Store => store;

    public bool IsWrite => method.StartsWith("Put", StringComparison.Ordinal);

    /// <summary>Whether the write came while another one ran: on a real server the two would have been one transaction each, at the same time.</summary>
    public bool MeetsAnotherWrite { get; set; }

    /// <summary>The options of a list that has them: a page is asked for.</summary>
    public ListOperationOptions? ListOptions =>
        Request.Descriptor.FindFieldByName("options")?.Accessor.GetValue(Request) as ListOperationOptions;

    /// <summary>The nodes of a writing request, in its order.</summary>
    public IReadOnlyList<NodeMessage> Nodes => Request.Nodes();

    /// <summary>The paths of a writing request's mask; none for a full replacement.</summary>
    public IReadOnlyList<string> MaskPaths =>
        Request.Descriptor.FindFieldByName("update_mask")?.Accessor.GetValue(Request) is FieldMask mask ? mask.Paths : [];

    /// <summary>Gives a changed copy of the request to the rest of the way.</summary>
    public void Replace(IMessage copyFrom) => Request = copyFrom.Descriptor.Parser.ParseFrom(copyFrom.ToByteString());

    /// <summary>The filters of the request that are set: of a list, or of the nodes where a lineage begins and ends.</summary>
    public IReadOnlyList<FilterSlot> Filters => Request switch
    {
        GetLineageSubgraphRequest { LineageSubgraphQueryOptions: { } query } => [.. FilterSlot.Of(query)],
        _ when ListOptions is { HasFilterQuery: true, FilterQuery.Length: > 0 } options =>
            [new(ListedKind, options.FilterQuery, filter => options.FilterQuery = filter)],
        _ => [],
    };

    /// <summary>What a list lists.</summary>
    public MessageDescriptor ListedKind => method.StartsWith("GetArtifacts", StringComparison.Ordinal)
        ? Artifact.Descriptor
        : method.StartsWith("GetExecutions", StringComparison.Ordinal) ? Execution.Descriptor : Context.Descriptor;
}
