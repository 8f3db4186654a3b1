using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.MetadataStore;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>Run contexts: found by name, created, and linked to their workspace.</summary>
internal sealed partial class RunDirectory(
    MetadataStoreService.MetadataStoreServiceClient client, LabelledContextStore contexts, KubeflowTypeRegistry types, ILogger<RunDirectory> logger)
{
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<long, bool> _linked = new();

    public Task<Context?> FindAsync(long workspaceId, string run, CancellationToken cancellationToken) =>
        contexts.FindAsync(KubeflowTypes.Run.Name, RunContextName.Of(workspaceId, run), cancellationToken);

    /// <summary>The run's context as a write names it: by type and name, created when missing.</summary>
    public async Task<Context> NewContextAsync(long workspaceId, string run, string? description, JsonObject? labels, CancellationToken cancellationToken)
    {
        var context = RunContextName.NewContext((await types.GetIdsAsync(cancellationToken))[KubeflowTypes.Run.Name], workspaceId, run);
        context.SetDescription(description);
        context.SetLabels(labels);
        return context;
    }

    public Task<(Context Context, bool IsNew)> CreateAsync(long workspaceId, Context run, CancellationToken cancellationToken) =>
        CreateAsync(workspaceId, run, readBack: true, cancellationToken);

    public async Task<(Context Context, bool IsNew)> CreateAsync(long workspaceId, Context run, bool readBack, CancellationToken cancellationToken)
    {
        var (stored, isNew) = await contexts.CreateAsync(KubeflowTypes.Run.Name, run, readBack, cancellationToken);
        await LinkToWorkspaceAsync(workspaceId, stored.Id, cancellationToken);
        return (stored, isNew);
    }

    /// <summary>
    /// Makes the run a child of its workspace, for those who browse contexts. A second call after the run was stored, so nothing here relies on
    /// the link; a run that got none (a crash in between) gets it with its next write.
    /// </summary>
    public async Task LinkToWorkspaceAsync(long workspaceId, long runId, CancellationToken cancellationToken)
    {
        if (_linked.ContainsKey(runId))
        {
            return;
        }

        try
        {
            await client.PutParentContextsAsync(
                new() { ParentContexts = { new ParentContext { ParentId = workspaceId, ChildId = runId } } }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            // Linked before, by this replica or another.
        }
        catch (RpcException exception)
        {
            // The record that needed the run is stored; an error now would make its client send it again.
            LogNotLinked(exception, runId, workspaceId);
            return;
        }

        if (_linked.Count >= MaxRemembered)
        {
            _linked.Clear();
        }

        _linked[runId] = true;
    }

    public static ProblemException NotFound(string workspace, string run) => ProblemException.NotFound($"Run '{run}' of workspace '{workspace}'");

    [LoggerMessage(LogLevel.Warning, "Run context {RunId} could not be made a child of workspace context {WorkspaceId}; its next write tries again")]
    private partial void LogNotLinked(Exception exception, long runId, long workspaceId);
}
