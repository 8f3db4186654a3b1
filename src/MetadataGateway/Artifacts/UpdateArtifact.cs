using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>Changes what a merge patch names and nothing else.</summary>
internal static class UpdateArtifact
{
    public static Task<ResourceResult<ArtifactResource>> Handle(
        string artifactId, MergePatchBody<UpdateArtifactRequest> body, ReturnPreference preference, HttpRequest request,
        UpdateArtifactHandler handler, CancellationToken cancellationToken) =>
        handler.HandleAsync(ResourceId.ParsePath(artifactId, "Artifact"), body, preference, request, cancellationToken);
}

internal sealed class UpdateArtifactHandler(ArtifactReader reader, TypeCache types, ArtifactPlanner planner, ArtifactUpdater updater, KeyedLocks locks)
{
    public async Task<ResourceResult<ArtifactResource>> HandleAsync(
        long id, MergePatchBody<UpdateArtifactRequest> body, ReturnPreference preference, HttpRequest request, CancellationToken cancellationToken)
    {
        // MLMD alone would do; the lock spares the writers of one gateway its refusals.
        using var held = await locks.AcquireAsync($"artifact/{id}", cancellationToken);
        // A lost race is patched anew: with If-Match the next round says 412; without, the patch applies to the new state just as well.
        return await SubgraphWriter.RetryLostRacesAsync(async () =>
        {
            var stored = await reader.GetAsync(id, cancellationToken);
            var resource = await reader.ToResourceAsync(stored, cancellationToken);
            var type = await FindTypeAsync(stored, body, cancellationToken);
            var (changed, given) = ArtifactPatch.Apply(stored, resource, body.Patch, type);
            await planner.CheckReferencesAsync(given, cancellationToken);
            EntityTag.RequireMatch(request, resource.Etag);
            var isChanged = await updater.StoreAsync(stored, changed, cancellationToken);
            if (preference.IsMinimal)
            {
                return ResourceResult<ArtifactResource>.Minimal(MinimalResource.Of(id));
            }

            return ResourceResult<ArtifactResource>.Ok(isChanged
                ? await reader.ToResourceAsync(await reader.GetAsync(id, cancellationToken), cancellationToken)
                : resource);
        });
    }

    // A patch of properties looks again: the type may have gained one since it was read.
    private async Task<RegisteredType?> FindTypeAsync(Artifact stored, MergePatchBody<UpdateArtifactRequest> body, CancellationToken cancellationToken)
    {
        await types.LoadArtifactTypesAsync([stored.TypeId], cancellationToken);
        var type = types.Find(stored.TypeId);
        return type is not null && body.Patch.TryGetProperty("properties", out _)
            ? await types.FindArtifactTypeAsync(type.Name, type.Version, refresh: true, cancellationToken)
            : type;
    }
}
