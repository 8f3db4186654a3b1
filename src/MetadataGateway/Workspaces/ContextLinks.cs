using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MlMetadata;
using StartingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.StartingNodes;

namespace MetadataGateway.Workspaces;

/// <summary>
/// The workspace contexts of many nodes with few calls: a lineage of no hops tells the contexts of up to a hundred, by id. Null where that cannot be
/// used, or is no shorter than a call a node.
/// </summary>
internal sealed class ContextLinks(MetadataStoreService.MetadataStoreServiceClient client, StoreProbe probe)
{
    // MLMD takes that many nodes to start from, and drops more silently.
    private const int MostNodes = 100;
    private const int FewNodes = 2;
    private const int ChunkSize = 1000;

    public Task<ILookup<long, Context>?> OfArtifactsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => FindAsync(
        ids, "attributions", starting => new() { StartingArtifacts = starting },
        graph => graph.Attributions.Select(link => (link.ContextId, link.ArtifactId)), cancellationToken);

    public Task<ILookup<long, Context>?> OfExecutionsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => FindAsync(
        ids, "associations", starting => new() { StartingExecutions = starting },
        graph => graph.Associations.Select(link => (link.ContextId, link.ExecutionId)), cancellationToken);

    private async Task<ILookup<long, Context>?> FindAsync(
        IReadOnlyCollection<long> ids, string mask, Func<StartingNodes, LineageSubgraphQueryOptions> queryOf,
        Func<LineageGraph, IEnumerable<(long ContextId, long NodeId)>> linksOf, CancellationToken cancellationToken)
    {
        if (ids.Count <= FewNodes || !(await probe.GetAsync(cancellationToken)).HasLineageSubgraph)
        {
            return null;
        }

        var links = new List<(long ContextId, long NodeId)>();
        var contextIds = new HashSet<long>();
        try
        {
            foreach (var chunk in ids.Chunk(MostNodes))
            {
                var query = queryOf(new StartingNodes { FilterQuery = $"id IN ({string.Join(", ", chunk)})" });
                query.MaxNumHops = 0;
                var request = new GetLineageSubgraphRequest { LineageSubgraphQueryOptions = query, ReadMask = new() { Paths = { "contexts", mask } } };
                var graph = (await client.GetLineageSubgraphAsync(request, cancellationToken: cancellationToken)).LineageSubgraph;
                links.AddRange(linksOf(graph));
                contextIds.UnionWith(graph.Contexts.Select(context => context.Id));
            }
        }
        catch (RpcException exception) when (GrpcStatusMapping.StatusOf(exception) is StatusCode.Internal or StatusCode.Unimplemented or StatusCode.NotFound)
        {
            // A link that leads nowhere spoils the answer for all nodes; a call a node loses that one only.
            return null;
        }

        var workspaces = await FindWorkspacesAsync(contextIds, cancellationToken);
        // MLMD 1.14 tells the contexts, but not whose they are.
        return links.Count == 0 && workspaces.Count > 0
            ? null
            : links.Where(link => workspaces.ContainsKey(link.ContextId)).ToLookup(link => link.NodeId, link => workspaces[link.ContextId]);
    }

    private async Task<Dictionary<long, Context>> FindWorkspacesAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Context>();
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            var answer = await client.GetContextsByIDAsync(new() { ContextIds = { chunk } }, cancellationToken: cancellationToken);
            foreach (var context in answer.Contexts.Where(context => context.Type == KubeflowTypes.Workspace.Name))
            {
                found[context.Id] = context;
            }
        }

        return found;
    }
}
