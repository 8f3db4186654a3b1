using Grpc.Core;
using MetadataGateway.Errors;
using MlMetadata;
using Direction = MlMetadata.LineageSubgraphQueryOptions.Types.Direction;
using StartingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.StartingNodes;

namespace MetadataGateway.Lineage;

/// <summary>
/// Reads a walk's events: many hops with one GetLineageSubgraph where MLMD has it, else, and where a level is wide, those of a level's nodes by
/// their ids. What is read in advance is not asked for again, so a walk need not know which way was taken.
/// </summary>
internal sealed class LineageEvents(MetadataStoreService.MetadataStoreServiceClient client, bool hasSubgraph)
{
    // MLMD takes that many nodes to start from, and drops more silently.
    private const int MostStartingNodes = 100;

    // The call has no limit of nodes, so its first answer must not be the whole store: it goes as far as a lineage does by default, and one hop on
    // for what lies behind. Only a graph that is still narrow there is asked for the rest.
    private const int FirstHops = 11;
    private const int MostHops = 100;

    private const int ChunkSize = 1000;

    private readonly Side _upstream = new();
    private readonly Side _downstream = new();
    private bool _hasSubgraph = hasSubgraph;

    public LineageGraph Graph { get; } = new();

    /// <summary>Whether events were taken as they are stored. GetLineageSubgraph follows none to a node that does not exist: it passes over them, or fails.</summary>
    public bool MayLeadNowhere { get; private set; }

    /// <summary>Makes known what the nodes' data comes from (upstream) or flows into; of the nodes found up to so many hops, in advance if possible.</summary>
    public async Task ReadAsync(IEnumerable<(NodeRef Node, bool Upstream)> nodes, int hops, CancellationToken cancellationToken)
    {
        var rest = new List<NodeRef>();
        foreach (var direction in nodes.Where(entry => !SideOf(entry.Upstream).Read.Contains(entry.Node)).GroupBy(entry => entry.Upstream, entry => entry.Node))
        {
            var unread = direction.ToList();
            if (!await TryReadSubgraphAsync(unread, direction.Key, hops, cancellationToken))
            {
                rest.AddRange(unread);
            }
        }

        MayLeadNowhere |= rest.Count > 0;
        await ReadByIdAsync(rest, cancellationToken);
    }

    /// <summary>Makes all events of the executions known, those against the direction of the walk included.</summary>
    public Task ReadAllAsync(IEnumerable<NodeRef> executions, CancellationToken cancellationToken) =>
        ReadByIdAsync(executions.Where(node => !_upstream.Read.Contains(node) || !_downstream.Read.Contains(node)), cancellationToken);

    private Side SideOf(bool upstream) => upstream ? _upstream : _downstream;

    private async Task<bool> TryReadSubgraphAsync(List<NodeRef> nodes, bool upstream, int hops, CancellationToken cancellationToken)
    {
        if (!_hasSubgraph || nodes.Count > MostStartingNodes || nodes.DistinctBy(node => node.IsArtifact).Count() != 1)
        {
            return false;
        }

        var side = SideOf(upstream);
        var taken = Math.Min(hops, side.NextHops);
        try
        {
            var answer = await client.GetLineageSubgraphAsync(RequestFor(nodes, upstream, taken), cancellationToken: cancellationToken);
            Graph.Add(answer.LineageSubgraph?.Events ?? []);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // How MLMD says that none of the nodes exists.
        }
        catch (RpcException exception) when (IsForEventsById(exception))
        {
            _hasSubgraph = false;
            return false;
        }

        side.NextHops = MostHops;
        side.Read.UnionWith(Graph.Within(nodes, upstream, taken - 1));
        return true;
    }

    // A graph too large for one message or for the deadline, one with events that lead nowhere (INTERNAL), and a server that was replaced by one
    // without the call, can all be read level by level.
    private static bool IsForEventsById(RpcException exception) => GrpcStatusMapping.StatusOf(exception)
        is StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Unimplemented;

    private static GetLineageSubgraphRequest RequestFor(IEnumerable<NodeRef> nodes, bool upstream, int hops)
    {
        var options = new LineageSubgraphQueryOptions { Direction = upstream ? Direction.Upstream : Direction.Downstream, MaxNumHops = hops };
        var starting = new StartingNodes { FilterQuery = $"id IN ({string.Join(", ", nodes.Select(node => node.Id))})" };
        if (nodes.First().IsArtifact)
        {
            options.StartingArtifacts = starting;
        }
        else
        {
            options.StartingExecutions = starting;
        }

        return new GetLineageSubgraphRequest { LineageSubgraphQueryOptions = options, ReadMask = new() { Paths = { "events" } } };
    }

    private async Task ReadByIdAsync(IEnumerable<NodeRef> nodes, CancellationToken cancellationToken)
    {
        var byKind = nodes.Distinct().ToLookup(node => node.IsArtifact);
        foreach (var chunk in byKind[true].Chunk(ChunkSize))
        {
            var answer = await client.GetEventsByArtifactIDsAsync(
                new() { ArtifactIds = { chunk.Select(node => node.Id) } }, cancellationToken: cancellationToken);
            Take(chunk, answer.Events);
        }

        foreach (var chunk in byKind[false].Chunk(ChunkSize))
        {
            var answer = await client.GetEventsByExecutionIDsAsync(
                new() { ExecutionIds = { chunk.Select(node => node.Id) } }, cancellationToken: cancellationToken);
            Take(chunk, answer.Events);
        }
    }

    private void Take(IReadOnlyCollection<NodeRef> nodes, IEnumerable<Event> events)
    {
        Graph.Add(events);
        _upstream.Read.UnionWith(nodes);
        _downstream.Read.UnionWith(nodes);
    }

    /// <summary>The nodes whose events of that side are known, and how far the next subgraph may go.</summary>
    private sealed class Side
    {
        public HashSet<NodeRef> Read { get; } = [];

        public int NextHops { get; set; } = FirstHops;
    }
}
