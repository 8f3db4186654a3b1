using MetadataGateway.Http;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>Reads an artifact, changes it and writes what is different, until nobody was in between.</summary>
internal sealed class ArtifactStateChange(ArtifactReader reader, ArtifactUpdater updater, KeyedLocks locks)
{
    /// <returns>The artifact as it was read, and whether anything was written.</returns>
    public async Task<(Artifact Read, bool IsChanged)> RunAsync(
        long id, HttpRequest request, Action<Artifact> change, CancellationToken cancellationToken)
    {
        // As for a patch: MLMD alone would do; the lock spares the writers of one gateway its refusals.
        using var held = await locks.AcquireAsync($"artifact/{id}", cancellationToken);
        // A lost race is decided anew: with If-Match the next round says 412.
        return await SubgraphWriter.RetryLostRacesAsync(async () =>
        {
            var stored = await reader.GetAsync(id, cancellationToken);
            if (request.Headers.IfMatch.Count > 0)
            {
                EntityTag.RequireMatch(request, (await reader.ToResourceAsync(stored, cancellationToken)).Etag);
            }

            var changed = stored.Clone();
            change(changed);
            return (stored, await updater.StoreAsync(stored, changed, cancellationToken));
        });
    }
}
