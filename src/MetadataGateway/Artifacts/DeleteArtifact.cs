using MetadataGateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetadataGateway.Artifacts;

/// <summary>Marks an artifact as deleted. Idempotent.</summary>
internal static class DeleteArtifact
{
    public static async Task<NoContent> Handle(string artifactId, HttpRequest request, ArtifactStateChange change, CancellationToken cancellationToken)
    {
        await change.RunAsync(ResourceId.ParsePath(artifactId, "Artifact"), request, ArtifactDeletion.Delete, cancellationToken);
        return TypedResults.NoContent();
    }
}
