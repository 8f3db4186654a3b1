using System.Collections.Concurrent;
using MetadataGateway.Adoption;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>A run that executions name, and the first of them. A context, once seen, is there for good.</summary>
internal sealed record NamedRun(long FirstExecutionId, string Run)
{
    public Context? Context { get; set; }
}

/// <summary>
/// Which runs the executions of a workspace name, in order of the first that does. MLMD can tell neither distinct values nor the first of them, so
/// each process reads the executions once and remembers; one that does not know them yet reads on with each request.
/// </summary>
internal sealed class NamedRunIndex(MetadataStoreService.MetadataStoreServiceClient client, KeyedLocks locks, TimeProvider timeProvider)
{
    private const int MaxWorkspaces = 100;
    private readonly ConcurrentDictionary<long, OfWorkspace> _workspaces = new();

    public OfWorkspace Of(long workspaceId)
    {
        if (_workspaces.Count >= MaxWorkspaces && !_workspaces.ContainsKey(workspaceId))
        {
            _workspaces.Clear();
        }

        return _workspaces.GetOrAdd(workspaceId, id => new OfWorkspace(client, id, locks, timeProvider));
    }

    internal sealed class OfWorkspace(
        MetadataStoreService.MetadataStoreServiceClient client, long workspaceId, KeyedLocks locks, TimeProvider timeProvider)
    {
        private readonly Dictionary<string, NamedRun> _byName = [];
        private readonly GrowingList<Execution> _list = new(
            async (options, token) =>
            {
                var answer = await client.GetExecutionsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                return new StorePage<Execution>(answer.Executions, answer.NextPageToken);
            },
            timeProvider);

        // Replaced, never changed, when runs are added.
        private volatile IReadOnlyList<NamedRun> _runs = [];

        /// <summary>Reads on, and gives the runs known then, by their first execution.</summary>
        public async Task<(IReadOnlyList<NamedRun> Runs, ListProgress Progress)> ReadAsync(int budget, CancellationToken cancellationToken)
        {
            using var held = await locks.AcquireAsync($"named-runs/{workspaceId}", cancellationToken);
            var progress = await _list.ReadAsync((executions, _) => AddAsync(executions), budget, isThorough: false, cancellationToken);
            if (_byName.Count != _runs.Count)
            {
                _runs = [.. _byName.Values.OrderBy(run => run.FirstExecutionId)];
            }

            return (_runs, progress);
        }

        private Task AddAsync(IReadOnlyList<Execution> executions)
        {
            foreach (var execution in executions)
            {
                if (execution.CustomProperties.GetText(KubeflowPropertyNames.Run) is { } run)
                {
                    // One that was committed late may have the lower id; it was not the first that anybody saw.
                    _byName.TryAdd(run, new NamedRun(execution.Id, run));
                }
            }

            return Task.CompletedTask;
        }
    }
}
