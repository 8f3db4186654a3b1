using MetadataGateway.Executions;
using MetadataGateway.Http;
using MetadataGateway.Paging;
using MetadataGateway.Workspaces;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>A run by name, in the workspace whose context is named.</summary>
internal sealed record RunScope(string Workspace, long WorkspaceId, string Run);

/// <summary>An artifact under the execution of the run that used it first, and how the run used it.</summary>
internal sealed record RunArtifactUse(long ExecutionId, long ArtifactId, bool IsInput, bool IsOutput);

/// <summary>One page, where it goes on, how many executions were looked at, and whether any of them is of the run.</summary>
internal sealed record ScannedRunArtifacts(IReadOnlyList<RunArtifactUse> Uses, PageToken? Next, int Examined, bool IsComplete, bool HasExecutions);

/// <summary>
/// Finds what a run read and wrote by going through the executions of its workspace, from the oldest on. An artifact is listed under the first
/// execution of the run that used it: its own events tell whether that is the one at hand, so that a page needs to know nothing of those before.
/// </summary>
internal sealed class RunArtifactScan(
    MetadataStoreService.MetadataStoreServiceClient client, ListExecutionsHandler list, ExecutionReader executions, WorkspaceMembership workspaces,
    IOptions<LimitsOptions> limits)
{
    public async Task<ScannedRunArtifacts> RunAsync(RunScope scope, PageToken start, int size, CancellationToken cancellationToken)
    {
        var found = new List<RunArtifactUse>();
        var isOfRun = new Dictionary<long, bool>();
        var examined = 0;
        var read = await list.PagesOfRunAsync(scope.WorkspaceId, scope.Run, cancellationToken);
        // The execution that the page before ended in is looked at again.
        var (at, within) = (start.Position, start.Within ?? 0);
        if (within > 0 && at.After is { } last)
        {
            at = at with { After = last with { Id = last.Id - 1 } };
        }

        while (true)
        {
            var page = await read(at, Math.Min(NodeScan.StorePageSize, limits.Value.ScanBudget - examined), cancellationToken);
            examined += page.Nodes.Count;
            foreach (var execution in page.Nodes)
            {
                isOfRun[execution.Id] = ListExecutionsHandler.IsOfRun(execution, scope.Run);
            }

            var uses = await FindFirstUsesAsync(scope, [.. page.Nodes.Select(execution => execution.Id).Where(id => isOfRun[id])], isOfRun, cancellationToken);
            foreach (var use in uses.Where(use => within == 0 || use.ExecutionId > start.Position.After!.Value.Id || use.ArtifactId > within))
            {
                if (found.Count == size)
                {
                    var after = new NodePosition(0, found[^1].ExecutionId);
                    return Answer(new PageToken(at with { After = after, IsInside = true }, found[^1].ArtifactId), isComplete: true);
                }

                found.Add(use);
            }

            if (page.Next is null)
            {
                return Answer(null, isComplete: true);
            }

            at = page.Next;
            if (found.Count == size || examined >= limits.Value.ScanBudget)
            {
                return Answer(new PageToken(at), isComplete: found.Count == size);
            }
        }

        ScannedRunArtifacts Answer(PageToken? next, bool isComplete) => new(found, next, examined, isComplete, isOfRun.ContainsValue(true));
    }

    // In order of execution, then of artifact.
    private async Task<IReadOnlyList<RunArtifactUse>> FindFirstUsesAsync(
        RunScope scope, IReadOnlyList<long> runExecutions, Dictionary<long, bool> isOfRun, CancellationToken cancellationToken)
    {
        if (runExecutions.Count == 0)
        {
            return [];
        }

        var own = await client.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { runExecutions } }, cancellationToken: cancellationToken);
        var artifactIds = own.Events.Where(IsLink).Select(link => link.ArtifactId).Distinct().ToList();
        if (artifactIds.Count == 0)
        {
            return [];
        }

        var all = await client.GetEventsByArtifactIDsAsync(new() { ArtifactIds = { artifactIds } }, cancellationToken: cancellationToken);
        var links = all.Events.Where(IsLink).ToList();
        await JudgeAsync(scope, links.Select(link => link.ExecutionId), isOfRun, cancellationToken);
        var here = runExecutions.ToHashSet();
        return [.. links.Where(link => isOfRun[link.ExecutionId]).GroupBy(link => link.ArtifactId)
            .Select(uses => new RunArtifactUse(
                uses.Min(link => link.ExecutionId), uses.Key, uses.Any(link => link.IsLink(LinkDirection.Input)), uses.Any(link => link.IsLink(LinkDirection.Output))))
            .Where(use => here.Contains(use.ExecutionId))
            .OrderBy(use => use.ExecutionId).ThenBy(use => use.ArtifactId)];
    }

    // Which of the executions on other pages are of the run, too; those of other workspaces may have a run of the same name.
    private async Task JudgeAsync(RunScope scope, IEnumerable<long> executionIds, Dictionary<long, bool> isOfRun, CancellationToken cancellationToken)
    {
        var unknown = executionIds.Where(id => !isOfRun.ContainsKey(id)).Distinct().ToList();
        var stored = await executions.FindAsync(unknown, cancellationToken);
        var sameRun = stored.Values.Where(execution => ListExecutionsHandler.IsOfRun(execution, scope.Run));
        var workspaceOf = await workspaces.OfExecutionsAsync(sameRun, cancellationToken);
        foreach (var id in unknown)
        {
            isOfRun[id] = workspaceOf.GetValueOrDefault(id) == scope.Workspace;
        }
    }

    private static bool IsLink(Event edge) => edge.IsLink(LinkDirection.Input) || edge.IsLink(LinkDirection.Output);
}
