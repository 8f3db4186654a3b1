using MetadataGateway.Adoption;
using MetadataGateway.Contexts;
using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Paging;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>The artifacts of a workspace: all, or those of one kind.</summary>
internal static class ListArtifacts
{
    public static Delegate In(ArtifactKind? kind) =>
        (string workspace, [AsParameters] ArtifactPageQuery query, HttpRequest request, ListArtifactsHandler handler, CancellationToken cancellationToken) =>
            handler.HandleAsync(kind, workspace, query, request, cancellationToken);
}

internal sealed class ListArtifactsHandler(
    MetadataStoreService.MetadataStoreServiceClient client, WorkspaceDirectory workspaces, ArtifactReader reader, TypeCache types,
    WorkspaceMembership membership, ContextMemberLookup lookup, ChangedArtifacts changed, NodeList list)
{
    public async Task<ListResult<ArtifactResource>> HandleAsync(
        ArtifactKind? kind, string workspace, ArtifactPageQuery query, HttpRequest request, CancellationToken cancellationToken) =>
        await ListAsync(await workspaces.GetIdAsync(workspace, cancellationToken), workspace, kind, query, request, cancellationToken);

    /// <summary>
    /// Of any context; <paramref name="workspace"/> is that of records that do not say it themselves, null when it has to be looked up.
    /// </summary>
    public async Task<ListResult<ArtifactResource>> ListAsync(
        long contextId, string? workspace, ArtifactKind? kind, ArtifactPageQuery query, HttpRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, string?> workspaceOf = new Dictionary<long, string?>();
        var selects = query.Selector<Artifact>((artifact, field) => ArtifactFilter.ValueOf(
            artifact, field, types.Find(artifact.TypeId)?.Version, workspace ?? workspaceOf.GetValueOrDefault(artifact.Id)));
        var columns = new ArtifactColumns(SearchableMembers.Prefixes.Any(query.Filters) ? await changed.CatchUpAsync(cancellationToken) : null);
        return await list.RunAsync(
            query, request,
            new NodeQuery<Artifact>
            {
                Read = async (options, token) =>
                {
                    var answer = await client.GetArtifactsByContextAsync(new() { ContextId = contextId, Options = options }, cancellationToken: token);
                    await PrepareAsync(answer.Artifacts, token);
                    return new StorePage<Artifact>(answer.Artifacts, answer.NextPageToken);
                },
                Keep = artifact => (query.ShowDeleted || !ArtifactIdentity.IsDeleted(artifact)) && (kind is null || ArtifactKinds.OfType(artifact.Type) == kind)
                    && selects?.Invoke(artifact) != false,
                Plan = store => OwnPlan(kind, query, store).And(query.Plan(columns.Of)),
                LookUp = async token =>
                {
                    var found = await lookup.FindArtifactsAsync(contextId, query, token);
                    await PrepareAsync(found ?? [], token);
                    return found;
                },
            },
            artifacts => workspace is null
                ? reader.ToResourcesAsync(artifacts, cancellationToken)
                : reader.ToResourcesAsync(artifacts, workspace, cancellationToken),
            cancellationToken);

        // What the filter needs to know of each, beside the record.
        async Task PrepareAsync(IReadOnlyCollection<Artifact> artifacts, CancellationToken token)
        {
            if (selects is not null)
            {
                await reader.LoadTypesAsync(artifacts, token);
            }

            if (workspace is null && query.Filters("workspace"))
            {
                workspaceOf = await membership.OfArtifactsAsync(artifacts, token);
            }
        }
    }

    // MLMD ignores the case of type names on MySQL, so that "none of these" would leave out others.
    private static FilterPlan OwnPlan(ArtifactKind? kind, ArtifactPageQuery query, StoreCapabilities store) => FilterPlan.Of(
        kind is { } only and not ArtifactKind.Artifact ? KindColumn.Types(ArtifactKinds.TypeNames(only)) : null,
        query.ShowDeleted || query.Filters("state") || store.IgnoresCase ? null : ArtifactColumns.NotDeleted);
}
