using MetadataGateway.Errors;
using MetadataGateway.Http;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>Takes a deletion back. Idempotent: an artifact that is not deleted is answered as it is.</summary>
internal static class UndeleteArtifact
{
    public static async Task<ResourceResult<ArtifactResource>> Handle(
        string artifactId, ReturnPreference preference, HttpRequest request, ArtifactStateChange change, ArtifactReader reader, CancellationToken cancellationToken)
    {
        var id = ResourceId.ParsePath(artifactId, "Artifact");
        var (read, isChanged) = await change.RunAsync(id, request, Undelete, cancellationToken);
        if (preference.IsMinimal)
        {
            return ResourceResult<ArtifactResource>.Minimal(MinimalResource.Of(id));
        }

        var stored = isChanged ? await reader.GetAsync(id, cancellationToken) : read;
        return ResourceResult<ArtifactResource>.Ok(await reader.ToResourceAsync(stored, cancellationToken));
    }

    private static void Undelete(Artifact artifact)
    {
        if (artifact.HasState && artifact.State == Artifact.Types.State.Deleted)
        {
            throw new ProblemException(ProblemType.StateConflict, $"Artifact {artifact.Id} is DELETED, which cannot be taken back; only MARKED_FOR_DELETION can.");
        }

        ArtifactDeletion.Undelete(artifact);
    }
}
