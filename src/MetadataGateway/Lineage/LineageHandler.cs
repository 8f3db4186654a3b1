using MetadataGateway.Artifacts;
using MetadataGateway.Errors;
using MetadataGateway.Executions;
using MetadataGateway.MetadataStore;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Lineage;

/// <summary>Walks from the roots, reads what is to be shown, and makes the answer.</summary>
internal sealed class LineageHandler(
    MetadataStoreService.MetadataStoreServiceClient client, StoreProbe probe, ArtifactReader artifacts, ExecutionReader executions, WorkspaceMembership workspaces)
{
    public async Task<LineageResource> HandleAsync(
        string root, IReadOnlyList<NodeRef> roots, LineageQuery query, CancellationToken cancellationToken)
    {
        var events = new LineageEvents(client, (await probe.GetAsync(cancellationToken)).HasLineageSubgraph);
        var nodes = new LineageNodes(artifacts, executions);
        LineageWalk walk;
        while (true)
        {
            walk = new LineageWalk(events, query.MaxHops, query.NodeLimit);
            await walk.RunAsync(roots, query.FollowsUpstream, query.FollowsDownstream, cancellationToken);
            var absent = await nodes.ReadAsync(events.MayLeadNowhere ? walk.Hops.Keys.Concat(walk.Cut) : walk.Hops.Keys, cancellationToken);
            if (absent.Count == 0)
            {
                break;
            }

            if (roots.FirstOrDefault(absent.Contains) is { Id: > 0 } missing)
            {
                throw ProblemException.NotFound($"{(missing.IsArtifact ? "Artifact" : "Execution")} {missing.Id}");
            }

            // What does not exist takes no place: the walk, whose events are known now, goes past it.
            events.Graph.Remove(absent);
        }

        return await ToResourceAsync(root, walk, events.Graph, nodes, cancellationToken);
    }

    private async Task<LineageResource> ToResourceAsync(
        string root, LineageWalk walk, LineageGraph graph, LineageNodes nodes, CancellationToken cancellationToken)
    {
        var artifactWorkspaces = await workspaces.OfArtifactsAsync(
            walk.Hops.Keys.Where(node => node.IsArtifact).Select(node => nodes.Artifacts[node.Id]), cancellationToken);
        var executionWorkspaces = await workspaces.OfExecutionsAsync(
            walk.Hops.Keys.Where(node => !node.IsArtifact).Select(node => nodes.Executions[node.Id]), cancellationToken);

        return new LineageResource
        {
            Root = root,
            Nodes = [.. walk.Hops.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key)
                .Select(entry => entry.Key.IsArtifact
                    ? LineageMapping.ToNode(nodes.Artifacts[entry.Key.Id], entry.Key, entry.Value, artifactWorkspaces[entry.Key.Id])
                    : LineageMapping.ToNode(nodes.Executions[entry.Key.Id], entry.Key, entry.Value, executionWorkspaces[entry.Key.Id]))],
            Edges = [.. graph.Events
                .Where(edge => walk.Hops.ContainsKey(NodeRef.Artifact(edge.ArtifactId)) && walk.Hops.ContainsKey(NodeRef.Execution(edge.ExecutionId)))
                .OrderBy(edge => edge.ExecutionId).ThenBy(edge => edge.ArtifactId).ThenBy(edge => edge.Type).Select(LineageMapping.ToEdge)],
            Truncated = walk.TruncatedBy is not null,
            TruncatedBy = walk.TruncatedBy,
            Frontier = [.. walk.Frontier.Order().Select(node => node.ToString())],
        };
    }
}

/// <summary>The records of a lineage's nodes, as far as they exist, each read once.</summary>
internal sealed class LineageNodes(ArtifactReader artifacts, ExecutionReader executions)
{
    public Dictionary<long, Artifact> Artifacts { get; } = [];

    public Dictionary<long, Execution> Executions { get; } = [];

    /// <summary>Reads those that are not known yet; the answer are those that do not exist.</summary>
    public async Task<IReadOnlySet<NodeRef>> ReadAsync(IEnumerable<NodeRef> nodes, CancellationToken cancellationToken)
    {
        var unread = nodes.Where(node => !Exists(node)).ToList();
        foreach (var (id, artifact) in await artifacts.FindAsync(unread.Where(node => node.IsArtifact).Select(node => node.Id), cancellationToken))
        {
            Artifacts[id] = artifact;
        }

        foreach (var (id, execution) in await executions.FindAsync(unread.Where(node => !node.IsArtifact).Select(node => node.Id), cancellationToken))
        {
            Executions[id] = execution;
        }

        return unread.Where(node => !Exists(node)).ToHashSet();
    }

    private bool Exists(NodeRef node) => node.IsArtifact ? Artifacts.ContainsKey(node.Id) : Executions.ContainsKey(node.Id);
}
