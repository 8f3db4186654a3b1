using MetadataGateway.Executions;
using MetadataGateway.Http;
using MetadataGateway.Paging;
using MetadataGateway.Runs;
using MetadataGateway.Workspaces;

namespace MetadataGateway.Lineage;

/// <summary>The lineage of an artifact, an execution, or all executions of a run.</summary>
internal static class GetLineage
{
    public static async Task<IResult> HandleOfArtifact(
        string artifactId, [AsParameters] LineageQuery query, HttpRequest request, LineageHandler handler, CancellationToken cancellationToken)
    {
        var root = NodeRef.Artifact(ResourceId.ParsePath(artifactId, "Artifact"));
        return LineageFormat.Answer(request, query, await handler.HandleAsync(root.ToString(), [root], query, cancellationToken));
    }

    public static async Task<IResult> HandleOfExecution(
        string executionId, [AsParameters] LineageQuery query, HttpRequest request, LineageHandler handler, CancellationToken cancellationToken)
    {
        var root = NodeRef.Execution(ResourceId.ParsePath(executionId, "Execution"));
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
