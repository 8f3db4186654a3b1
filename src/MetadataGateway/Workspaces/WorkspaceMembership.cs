using System.Collections.Concurrent;
using Google.Protobuf.Collections;
using Grpc.Core;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Workspaces;

/// <summary>
/// Which workspace a record belongs to: the one its custom property names, else the workspace context it is attributed to or associated with.
/// The SDK and the gateway write both. MLMD has no list of the contexts of several nodes: they are told by lineages of no hops where it has them, else
/// by a call a node.
/// </summary>
internal sealed class WorkspaceMembership(MetadataStoreService.MetadataStoreServiceClient client, ContextLinks links)
{
    private const int CallsAtOnce = 8;

    /// <summary>The workspace of each artifact, by id; null for those that belong to none.</summary>
    public Task<IReadOnlyDictionary<long, string?>> OfArtifactsAsync(IEnumerable<Artifact> artifacts, CancellationToken cancellationToken) =>
        FindAsync(
            artifacts.Select(artifact => (artifact.Id, artifact.CustomProperties)),
            links.OfArtifactsAsync,
            async (id, token) => (await client.GetContextsByArtifactAsync(new() { ArtifactId = id }, cancellationToken: token)).Contexts, cancellationToken);

    /// <summary>The workspace of each execution, by id; null for those that belong to none.</summary>
    public Task<IReadOnlyDictionary<long, string?>> OfExecutionsAsync(IEnumerable<Execution> executions, CancellationToken cancellationToken) =>
        FindAsync(
            executions.Select(execution => (execution.Id, execution.CustomProperties)),
            links.OfExecutionsAsync,
            async (id, token) => (await client.GetContextsByExecutionAsync(new() { ExecutionId = id }, cancellationToken: token)).Contexts, cancellationToken);

    private static async Task<IReadOnlyDictionary<long, string?>> FindAsync(
        IEnumerable<(long Id, MapField<string, Value> CustomProperties)> records,
        Func<IReadOnlyCollection<long>, CancellationToken, Task<ILookup<long, Context>?>> readLinks,
        Func<long, CancellationToken, Task<RepeatedField<Context>>> readContexts, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<long, string?>();
        var untold = new HashSet<long>();
        foreach (var (id, customProperties) in records)
        {
            if (customProperties.GetText(KubeflowPropertyNames.Workspace) is { } workspace)
            {
                found[id] = workspace;
            }
            else
            {
                untold.Add(id);
            }
        }

        if (await readLinks(untold, cancellationToken) is { } contexts)
        {
            foreach (var id in untold)
            {
                found[id] = NameAmong(contexts[id]);
            }

            return found;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(untold, options, async (id, token) => found[id] = await FindContextAsync(id, readContexts, token));
        return found;
    }

    private static async Task<string?> FindContextAsync(
        long id, Func<long, CancellationToken, Task<RepeatedField<Context>>> readContexts, CancellationToken cancellationToken)
    {
        try
        {
            return NameAmong(await readContexts(id, cancellationToken));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // How MLMD says that a node has no contexts.
            return null;
        }
    }

    private static string? NameAmong(IEnumerable<Context> contexts) =>
        contexts.Where(context => context.Type == KubeflowTypes.Workspace.Name).MinBy(context => context.Id)?.Name;
}
