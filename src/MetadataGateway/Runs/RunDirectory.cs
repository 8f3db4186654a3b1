using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.MetadataStore;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>A run within the workspace of that context.</summary>
internal readonly record struct RunKey(long WorkspaceId, string Run);

/// <summary>Run contexts: found by name, created, and linked to their workspace.</summary>
internal sealed partial class RunDirectory(
    MetadataStoreService.MetadataStoreServiceClient client, LabelledContextStore contexts, KubeflowTypeRegistry types, ILogger<RunDirectory> logger)
{
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<long, bool> _linked = new();

    public Task<Context?> FindAsync(long workspaceId, string run, CancellationToken cancellationToken) =>
        contexts.FindAsync(KubeflowTypes.Run.Name, RunContextName.Of(workspaceId, run), cancellationToken);

    /// <summary>The context of a new run.</summary>
    public static Context NewContext(long workspaceId, string run, string? description = null, JsonObject? labels = null)
    {
        var context = RunContextName.Unstored(workspaceId, run);
        context.SetDescription(description);
        context.SetLabels(labels);
        return context;
    }

    /// <summary>
    /// The ids of the runs' contexts, made where missing, in one write: MLMD reuses those that are there as they are. Runs whose names a back end
    /// takes for those of others are left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<RunKey, long>> GetOrCreateAsync(IReadOnlyList<RunKey> keys, CancellationToken cancellationToken)
    {
        var typeId = (await types.GetIdsAsync(cancellationToken))[KubeflowTypes.Run.Name];
        var wanted = keys.Select(key => RunContextName.NewContext(typeId, key.WorkspaceId, key.Run)).ToList();
        var answer = await client.PutLineageSubgraphAsync(
            new() { Contexts = { wanted }, Options = new() { ReuseContextIfAlreadyExist = true } }, cancellationToken: cancellationToken);
        var read = await client.GetContextsByIDAsync(new() { ContextIds = { answer.ContextIds.Distinct() } }, cancellationToken: cancellationToken);
        var nameOf = read.Contexts.ToDictionary(context => context.Id, context => context.Name);
        var found = new Dictionary<RunKey, long>();
        for (var i = 0; i < keys.Count; i++)
        {
            // MLMD over MySQL ignores case.
            if (nameOf.GetValueOrDefault(answer.ContextIds[i]) == wanted[i].Name)
            {
                found[keys[i]] = answer.ContextIds[i];
            }
        }

        await LinkToWorkspacesAsync(found, cancellationToken);
        return found;
    }

    public Task<(Context Context, bool IsNew)> CreateAsync(long workspaceId, Context run, CancellationToken cancellationToken) =>
        CreateAsync(workspaceId, run, readBack: true, cancellationToken);

    public async Task<(Context Context, bool IsNew)> CreateAsync(long workspaceId, Context run, bool readBack, CancellationToken cancellationToken)
    {
        run.TypeId = (await types.GetIdsAsync(cancellationToken))[KubeflowTypes.Run.Name];
        var (stored, isNew) = await contexts.CreateAsync(KubeflowTypes.Run.Name, run, readBack, cancellationToken);
        await LinkToWorkspaceAsync(workspaceId, stored.Id, cancellationToken);
        return (stored, isNew);
    }

    /// <summary>Stores what differs between the two, and the context itself when only records named the run so far.</summary>
    public async Task<Context> StoreAsync(long workspaceId, Context stored, Context changed, bool readBack, CancellationToken cancellationToken)
    {
        if (!stored.HasId)
        {
            (stored, var isNew) = await CreateAsync(workspaceId, changed.Clone(), readBack, cancellationToken);
            if (isNew)
            {
                return stored;
            }

            // Somebody made it in between, with what it has.
            var wanted = changed;
            changed = stored.Clone();
            foreach (var (name, value) in wanted.Properties)
            {
                changed.Properties[name] = value;
            }
        }

        return await contexts.UpdateAsync(stored, changed, readBack, cancellationToken);
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

        Remember(runId);
    }

    // All in one call; MLMD refuses all when one is there already.
    private async Task LinkToWorkspacesAsync(Dictionary<RunKey, long> runs, CancellationToken cancellationToken)
    {
        var missing = runs.Where(run => !_linked.ContainsKey(run.Value)).ToList();
        if (missing.Count > 1)
        {
            var links = missing.Select(run => new ParentContext { ParentId = run.Key.WorkspaceId, ChildId = run.Value });
            try
            {
                await client.PutParentContextsAsync(new() { ParentContexts = { links } }, cancellationToken: cancellationToken);
                missing.ForEach(run => Remember(run.Value));
                return;
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.AlreadyExists or StatusCode.InvalidArgument)
            {
                // One by one, then.
            }
        }

        foreach (var (key, runId) in missing)
        {
            await LinkToWorkspaceAsync(key.WorkspaceId, runId, cancellationToken);
        }
    }

    private void Remember(long runId)
    {
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
