using Grpc.Core;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Contexts;

/// <summary>
/// Finds members of a context by the indexes that every MLMD has (id, uri, external id), for servers that cannot filter. Null when the filter asks for
/// none of these, or so many records have them that going through the context is no worse.
/// </summary>
internal sealed class ContextMemberLookup(MetadataStoreService.MetadataStoreServiceClient client)
{
    // MLMD tells the contexts of one record at a time.
    private const int MostCandidates = 20;

    public async Task<IReadOnlyList<Artifact>?> FindArtifactsAsync(long contextId, ArtifactPageQuery query, CancellationToken cancellationToken)
    {
        if (query.Literals("id") is { Count: <= MostCandidates } ids)
        {
            return await InContextAsync(
                (await client.GetArtifactsByIDAsync(new() { ArtifactIds = { ids.Cast<long>() } }, cancellationToken: cancellationToken)).Artifacts, IsIn);
        }

        // A URI or external id that is empty is none.
        if (Texts(query, "uri") is { } uris)
        {
            return uris.Count == 0
                ? []
                : await InContextAsync((await client.GetArtifactsByURIAsync(new() { Uris = { uris } }, cancellationToken: cancellationToken)).Artifacts, IsIn);
        }

        if (Texts(query, "externalId") is { } externalIds)
        {
            return externalIds.Count == 0 ? [] : await InContextAsync(await OrNoneAsync<Artifact>(async () =>
                (await client.GetArtifactsByExternalIdsAsync(new() { ExternalIds = { externalIds } }, cancellationToken: cancellationToken)).Artifacts), IsIn);
        }

        return null;

        async Task<bool> IsIn(Artifact artifact) => (await OrNoneAsync<Context>(async () =>
            (await client.GetContextsByArtifactAsync(new() { ArtifactId = artifact.Id }, cancellationToken: cancellationToken)).Contexts)).Any(context => context.Id == contextId);
    }

    public async Task<IReadOnlyList<Execution>?> FindExecutionsAsync(long contextId, ExecutionPageQuery query, CancellationToken cancellationToken)
    {
        if (query.Literals("id") is { Count: <= MostCandidates } ids)
        {
            return await InContextAsync(
                (await client.GetExecutionsByIDAsync(new() { ExecutionIds = { ids.Cast<long>() } }, cancellationToken: cancellationToken)).Executions, IsIn);
        }

        if (Texts(query, "externalId") is { } externalIds)
        {
            return externalIds.Count == 0 ? [] : await InContextAsync(await OrNoneAsync<Execution>(async () =>
                (await client.GetExecutionsByExternalIdsAsync(new() { ExternalIds = { externalIds } }, cancellationToken: cancellationToken)).Executions), IsIn);
        }

        return null;

        async Task<bool> IsIn(Execution execution) => (await OrNoneAsync<Context>(async () =>
            (await client.GetContextsByExecutionAsync(new() { ExecutionId = execution.Id }, cancellationToken: cancellationToken)).Contexts)).Any(context => context.Id == contextId);
    }

    private static IReadOnlyList<string>? Texts(FilteredPageQuery query, string field) =>
        query.Literals(field) is { Count: <= MostCandidates } literals ? [.. literals.Cast<string>().Where(text => text.Length > 0)] : null;

    private static async Task<IReadOnlyList<TNode>?> InContextAsync<TNode>(IReadOnlyCollection<TNode> candidates, Func<TNode, Task<bool>> isIn)
    {
        if (candidates.Count > MostCandidates)
        {
            return null;
        }

        var members = new List<TNode>();
        foreach (var candidate in candidates)
        {
            if (await isIn(candidate))
            {
                members.Add(candidate);
            }
        }

        return members;
    }

    // How MLMD says that there are none.
    private static async Task<IReadOnlyList<TNode>> OrNoneAsync<TNode>(Func<Task<IReadOnlyList<TNode>>> read)
    {
        try
        {
            return await read();
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return [];
        }
    }
}
