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
    // MLMD gives no more on a page.
    private const int StorePageSize = 100;

    public async Task<ScannedRunArtifacts> RunAsync(RunScope scope, PageToken start, int size, CancellationToken cancellationToken)
    {
        var found = new List<RunArtifactUse>();
        var isOfRun = new Dictionary<long, bool>();
        var examined = 0;
        var (token, after, within) = (start.StoreToken, start.After?.Id ?? 0, start.Within ?? 0);
        while (true)
        {
            var options = NodeOrder.ById.ToOptions(Math.Min(StorePageSize, limits.Value.ScanBudget - examined), token);
            var page = await list.ReadPageAsync(scope.WorkspaceId, options, cancellationToken);
            // The execution that the page before ended in is looked at again.
            var nodes = page.Nodes.Where(execution => execution.Id >= after).ToList();
            examined += nodes.Count;
            foreach (var execution in nodes)
            {
                isOfRun[execution.Id] = ListExecutionsHandler.IsOfRun(execution, scope.Run);
            }

            var uses = await FindFirstUsesAsync(scope, [.. nodes.Select(execution => execution.Id).Where(id => isOfRun[id])], isOfRun, cancellationToken);
            foreach (var use in uses.Where(use => use.ExecutionId > after || use.ArtifactId > within))
            {
                if (found.Count == size)
                {
                    return Answer(new PageToken(token, new NodePosition(0, found[^1].ExecutionId), found[^1].ArtifactId), isComplete: true);
                }

                found.Add(use);
            }

            if (string.IsNullOrEmpty(page.NextToken))
            {
                return Answer(null, isComplete: true);
            }

            (token, after, within) = (page.NextToken, 0, 0);
            if (found.Count == size || examined >= limits.Value.ScanBudget)
            {
                return Answer(new PageToken(token, null), isComplete: found.Count == size);
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
