using MetadataGateway.KubeflowRecords;
using MetadataGateway.Paging;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>The artifacts of a workspace: all, or those of one kind.</summary>
internal static class ListArtifacts
{
    public static Delegate In(ArtifactKind? kind) =>
        (string workspace, [AsParameters] OrderedPageQuery query, HttpRequest request, ListArtifactsHandler handler, CancellationToken cancellationToken) =>
            handler.HandleAsync(kind, workspace, query, request, cancellationToken);
}

internal sealed class ListArtifactsHandler(
    MetadataStoreService.MetadataStoreServiceClient client, WorkspaceDirectory workspaces, ArtifactReader reader, NodeList list)
{
    public async Task<ListResult<ArtifactResource>> HandleAsync(
        ArtifactKind? kind, string workspace, OrderedPageQuery query, HttpRequest request, CancellationToken cancellationToken)
    {
        var contextId = await workspaces.GetIdAsync(workspace, cancellationToken);
        return await list.RunAsync<Artifact, ArtifactResource>(
            query, request,
            async (options, token) =>
            {
                var answer = await client.GetArtifactsByContextAsync(new() { ContextId = contextId, Options = options }, cancellationToken: token);
                return new NodePage<Artifact>(answer.Artifacts, answer.NextPageToken);
            },
            keep: artifact => !ArtifactIdentity.IsDeleted(artifact) && (kind is null || ArtifactKinds.OfType(artifact.Type) == kind),
            artifacts => reader.ToResourcesAsync(artifacts, workspace, cancellationToken),
            cancellationToken);
    }
}
