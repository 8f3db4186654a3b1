using MlMetadata;

namespace MetadataGateway.Paging;

/// <summary>
/// Where reading goes on: after <paramref name="After"/>, in the page of MLMD that <paramref name="StoreToken"/> begins. Servers that can filter need
/// no token of their own. <paramref name="IsInside"/>: that page was not used up.
/// </summary>
internal sealed record PagePosition(string? StoreToken, NodePosition? After, bool IsInside = false)
{
    public static PagePosition Start { get; } = new(null, null);
}

/// <summary>Nodes in the order asked for, all after the position asked for, and where the next page begins; null at the end.</summary>
internal sealed record NodePage<TNode>(IReadOnlyList<TNode> Nodes, PagePosition? Next);

/// <summary>One page as MLMD gave it; an empty token is none.</summary>
internal sealed record StorePage<TNode>(IReadOnlyList<TNode> Nodes, string? NextToken);

/// <summary>Reads one page of MLMD's.</summary>
internal delegate Task<StorePage<TNode>> ReadStorePage<TNode>(ListOperationOptions options, CancellationToken cancellationToken);

/// <summary>Reads the page at a position.</summary>
internal delegate Task<NodePage<TNode>> ReadNodes<TNode>(PagePosition at, int size, CancellationToken cancellationToken);
