using MetadataGateway.Artifacts;
using MetadataGateway.Executions;
using MetadataGateway.Http;
using MetadataGateway.Paging;
using MetadataGateway.Runs;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Lineage;

/// <summary>The lineage of an artifact, an execution, or all executions of a run.</summary>
internal static class GetLineage
{
    public static async Task<IResult> HandleOfArtifact(
        string artifactId, [AsParameters] LineageQuery query, HttpRequest request, ArtifactReader artifacts, LineageHandler handler, CancellationToken cancellationToken)
    {
        var artifact = await artifacts.GetAsync(ResourceId.ParsePath(artifactId, "Artifact"), cancellationToken);
        var root = NodeRef.Artifact(artifact.Id);
        return LineageFormat.Answer(request, query, await handler.HandleAsync(root.ToString(), [root], query, cancellationToken));
    }

    public static async Task<IResult> HandleOfExecution(
        string executionId, [AsParameters] LineageQuery query, HttpRequest request, ExecutionReader executions, LineageHandler handler, CancellationToken cancellationToken)
    {
        var execution = await executions.GetAsync(ResourceId.ParsePath(executionId, "Execution"), cancellationToken);
        var root = NodeRef.Execution(execution.Id);
        return LineageFormat.Answer(request, query, await handler.HandleAsync(root.ToString(), [root], query, cancellationToken));
    }

    public static async Task<IResult> HandleOfRun(
        string workspace, string run, [AsParameters] LineageQuery query, HttpRequest request,
        WorkspaceDirectory workspaces, RunDirectory runs, ListExecutionsHandler executions, LineageHandler handler, CancellationToken cancellationToken)
    {
        var workspaceId = await workspaces.GetIdAsync(workspace, cancellationToken);
        // One more than can be shown, so that the limit is told.
        var scan = await NodeScan.RunAsync(
            await executions.PagesOfRunAsync(workspaceId, run, cancellationToken), NodeOrder.ById, PagePosition.Start, query.NodeLimit + 1,
            execution => ListExecutionsHandler.IsOfRun(execution, run), int.MaxValue, until: null, cancellationToken);
        if (scan.Nodes.Count == 0 && await runs.FindAsync(workspaceId, run, cancellationToken) is null)
        {
            throw RunDirectory.NotFound(workspace, run);
        }

        var root = $"run/{Uri.EscapeDataString(workspace)}/{Uri.EscapeDataString(run)}";
        return LineageFormat.Answer(
            request, query, await handler.HandleAsync(root, [.. scan.Nodes.Select(execution => NodeRef.Execution(execution.Id))], query, cancellationToken));
    }
}

internal sealed class LineageHandler(
    MetadataStoreService.MetadataStoreServiceClient client, ArtifactReader artifacts, ExecutionReader executions, WorkspaceMembership workspaces)
{
    public async Task<LineageResource> HandleAsync(
        string root, IReadOnlyList<NodeRef> roots, LineageQuery query, CancellationToken cancellationToken)
    {
        var walk = new LineageWalk(client, query.MaxHops, query.NodeLimit);
        await walk.RunAsync(roots, query.FollowsUpstream, query.FollowsDownstream, cancellationToken);

        var artifactNodes = await artifacts.FindAsync(walk.Hops.Keys.Where(node => node.IsArtifact).Select(node => node.Id), cancellationToken);
        var executionNodes = await executions.FindAsync(walk.Hops.Keys.Where(node => !node.IsArtifact).Select(node => node.Id), cancellationToken);
        var artifactWorkspaces = await workspaces.OfArtifactsAsync(artifactNodes.Values, cancellationToken);
        var executionWorkspaces = await workspaces.OfExecutionsAsync(executionNodes.Values, cancellationToken);

        // An event may name a record that does not exist (MLMD does not check all of them); it is no node.
        bool IsShown(NodeRef node) =>
            walk.Hops.ContainsKey(node) && (node.IsArtifact ? artifactNodes.ContainsKey(node.Id) : executionNodes.ContainsKey(node.Id));

        return new LineageResource
        {
            Root = root,
            Nodes = [.. walk.Hops.Where(entry => IsShown(entry.Key)).OrderBy(entry => entry.Value).ThenBy(entry => entry.Key)
                .Select(entry => entry.Key.IsArtifact
                    ? LineageMapping.ToNode(artifactNodes[entry.Key.Id], entry.Key, entry.Value, artifactWorkspaces[entry.Key.Id])
                    : LineageMapping.ToNode(executionNodes[entry.Key.Id], entry.Key, entry.Value, executionWorkspaces[entry.Key.Id]))],
            Edges = [.. walk.Graph.Events.Where(edge => IsShown(NodeRef.Artifact(edge.ArtifactId)) && IsShown(NodeRef.Execution(edge.ExecutionId)))
                .OrderBy(edge => edge.ExecutionId).ThenBy(edge => edge.ArtifactId).ThenBy(edge => edge.Type).Select(LineageMapping.ToEdge)],
            Truncated = walk.TruncatedBy is not null,
            TruncatedBy = walk.TruncatedBy,
            Frontier = [.. walk.Frontier.Where(IsShown).Order().Select(node => node.ToString())],
        };
    }
}
