using System.Collections.Concurrent;
using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MlMetadata;

namespace MetadataGateway.Workspaces;

/// <summary>
/// Workspaces by name. Ids are remembered for a short while: the gateway never renames or deletes a context, so a remembered id is only wrong
/// when another client of MLMD renames the workspace, and then for that while.
/// </summary>
internal sealed class WorkspaceDirectory(LabelledContextStore contexts, TimeProvider timeProvider)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<string, (long Id, DateTimeOffset Until)> _ids = new();

    public Task<Context?> FindAsync(string workspace, CancellationToken cancellationToken) =>
        contexts.FindAsync(KubeflowTypes.Workspace.Name, workspace, cancellationToken);

    /// <summary>The workspace's context id; a workspace that does not exist ends the request with 404.</summary>
    public async ValueTask<long> GetIdAsync(string workspace, CancellationToken cancellationToken) =>
        await FindIdAsync(workspace, cancellationToken) ?? throw NotFound(workspace);

    public async ValueTask<long?> FindIdAsync(string workspace, CancellationToken cancellationToken)
    {
        if (_ids.TryGetValue(workspace, out var known) && known.Until > timeProvider.GetUtcNow())
        {
            return known.Id;
        }

        if (await FindAsync(workspace, cancellationToken) is not { } context)
        {
            return null;
        }

        Remember(workspace, context.Id);
        return context.Id;
    }

    public void Remember(string workspace, long id)
    {
        if (_ids.Count >= MaxRemembered)
        {
            _ids.Clear();
        }

        _ids[workspace] = (id, timeProvider.GetUtcNow() + Remembered);
    }

    public static ProblemException NotFound(string workspace) => ProblemException.NotFound($"Workspace '{workspace}'");
}
