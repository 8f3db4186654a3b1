using System.Collections.Concurrent;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MetadataGateway.Runs;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Adoption;

/// <summary>
/// Gives the runs that records name in a custom property their contexts, as the gateway's own writes do, and puts the records into them. All of it
/// may be repeated. A run of a workspace that has no context gets none: its name begins with the workspace's id.
/// </summary>
internal sealed partial class RunAdopter(
    MetadataStoreService.MetadataStoreServiceClient client, WorkspaceDirectory workspaces, WorkspaceMembership membership, RunDirectory runs,
    ILogger<RunAdopter> logger)
{
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<RunKey, long> _contextIds = new();

    /// <param name="executions">At most a page of them.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task AdoptAsync(IReadOnlyList<Execution> executions, CancellationToken cancellationToken)
    {
        var named = executions.Where(execution => execution.CustomProperties.GetText(KubeflowPropertyNames.Run) is not null).ToList();
        var workspaceOf = await membership.OfExecutionsAsync(named, cancellationToken);
        var members = named.Select(execution => new Member(
            workspaceOf[execution.Id], execution.CustomProperties.GetText(KubeflowPropertyNames.Run)!, ExecutionId: execution.Id, ArtifactId: null));
        await AdoptAsync([.. members], cancellationToken);
    }

    /// <param name="artifacts">At most a page of them.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task AdoptAsync(IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        var named = artifacts.Where(artifact => artifact.CustomProperties.GetText(KubeflowPropertyNames.Run) is not null).ToList();
        var workspaceOf = await membership.OfArtifactsAsync(named, cancellationToken);
        var members = named.Select(artifact => new Member(
            workspaceOf[artifact.Id], artifact.CustomProperties.GetText(KubeflowPropertyNames.Run)!, ExecutionId: null, ArtifactId: artifact.Id));
        await AdoptAsync([.. members], cancellationToken);
    }

    private async Task AdoptAsync(IReadOnlyList<Member> members, CancellationToken cancellationToken)
    {
        var workspaceIds = new Dictionary<string, long?>();
        foreach (var workspace in members.Select(member => member.Workspace).OfType<string>().Distinct())
        {
            workspaceIds[workspace] = await FindWorkspaceIdAsync(workspace, cancellationToken);
        }

        var placed = members.Where(member => member.Workspace is not null && workspaceIds[member.Workspace] is not null)
            .Select(member => (Member: member, Run: new RunKey(workspaceIds[member.Workspace!]!.Value, member.Run))).ToList();
        var contextIds = await GetContextIdsAsync([.. placed.Select(entry => entry.Run).Distinct()], cancellationToken);
        var attached = placed.Where(entry => contextIds.ContainsKey(entry.Run)).ToList();
        if (attached.Count > 0)
        {
            await StoreRefusal.WriteAsync(
                attached, entries => AttachAsync(entries.Select(entry => (entry.Member, contextIds[entry.Run])), cancellationToken),
                (entry, exception) => LogNotAttached(exception, entry.Member.ExecutionId, entry.Member.ArtifactId, entry.Run.WorkspaceId));
        }
    }

    // A name that the store cannot even be asked for has no context there.
    private async Task<long?> FindWorkspaceIdAsync(string workspace, CancellationToken cancellationToken)
    {
        try
        {
            return await workspaces.FindIdAsync(workspace, cancellationToken);
        }
        catch (Exception exception) when (StoreRefusal.IsOfARecord(exception))
        {
            return null;
        }
    }

    private async Task AttachAsync(IEnumerable<(Member Member, long ContextId)> entries, CancellationToken cancellationToken)
    {
        var request = new PutAttributionsAndAssociationsRequest();
        foreach (var (member, contextId) in entries)
        {
            if (member.ExecutionId is { } executionId)
            {
                request.Associations.Add(new Association { ExecutionId = executionId, ContextId = contextId });
            }
            else
            {
                request.Attributions.Add(new Attribution { ArtifactId = member.ArtifactId!.Value, ContextId = contextId });
            }
        }

        // What is there already is fine with MLMD.
        await client.PutAttributionsAndAssociationsAsync(request, cancellationToken: cancellationToken);
    }

    // Without those that the store does not take.
    private async Task<Dictionary<RunKey, long>> GetContextIdsAsync(IReadOnlyList<RunKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RunKey, long>();
        var unknown = new List<RunKey>();
        foreach (var key in keys)
        {
            if (_contextIds.TryGetValue(key, out var id))
            {
                found[key] = id;
            }
            else
            {
                unknown.Add(key);
            }
        }

        if (unknown.Count == 0)
        {
            return found;
        }

        var stored = new Dictionary<RunKey, long>();
        await StoreRefusal.WriteAsync(
            unknown,
            async some =>
            {
                foreach (var (key, id) in await runs.GetOrCreateAsync(some, cancellationToken))
                {
                    stored[key] = id;
                }
            },
            (key, exception) => LogNoContext(exception, key.WorkspaceId));
        Remember(stored);
        foreach (var (key, id) in stored)
        {
            found[key] = id;
        }

        return found;
    }

    private void Remember(Dictionary<RunKey, long> contextIds)
    {
        if (_contextIds.Count + contextIds.Count > MaxRemembered)
        {
            _contextIds.Clear();
        }

        foreach (var (key, id) in contextIds)
        {
            _contextIds[key] = id;
        }
    }

    // A record and the run that it names.
    private sealed record Member(string? Workspace, string Run, long? ExecutionId, long? ArtifactId);

    [LoggerMessage(LogLevel.Warning, "MLMD does not take the context of a run of workspace context {WorkspaceId}: it stays without")]
    private partial void LogNoContext(Exception exception, long workspaceId);

    [LoggerMessage(LogLevel.Warning, "MLMD does not put execution {ExecutionId} or artifact {ArtifactId} into its run of workspace context {WorkspaceId}")]
    private partial void LogNotAttached(Exception exception, long? executionId, long? artifactId, long workspaceId);
}
