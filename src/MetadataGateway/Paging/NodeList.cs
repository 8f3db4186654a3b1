using MetadataGateway.Http;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Paging;

/// <summary>Answers one page of an ordered list of nodes.</summary>
internal sealed class NodeList(IOptions<LimitsOptions> limits)
{
    /// <param name="query">Page and order asked for.</param>
    /// <param name="request">What the token is bound to.</param>
    /// <param name="read">One page of MLMD's.</param>
    /// <param name="keep">What MLMD cannot select; null when it selects all.</param>
    /// <param name="toResources">The items of the answer.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<ListResult<TResource>> RunAsync<TNode, TResource>(
        OrderedPageQuery query, HttpRequest request,
        Func<ListOperationOptions, CancellationToken, Task<NodePage<TNode>>> read, Func<TNode, bool>? keep,
        Func<IReadOnlyList<TNode>, Task<IReadOnlyList<TResource>>> toResources, CancellationToken cancellationToken)
        where TNode : class
    {
        var start = PageToken.Parse(query.PageToken, request);
        var scan = await NodeScan.RunAsync(
            read, query.Order, start, query.PageSize, keep, keep is null ? int.MaxValue : limits.Value.ScanBudget, cancellationToken);
        return new ListResult<TResource>
        {
            Items = await toResources(scan.Nodes),
            NextPageToken = scan.Next?.Format(request),
            Scan = keep is null ? null : new ScanResult { Examined = scan.Examined, Complete = scan.IsComplete },
        };
    }
}
