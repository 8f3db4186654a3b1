using MetadataGateway.Http;

namespace MetadataGateway.Artifacts;

internal static class GetArtifact
{
    public static async Task<ResourceResult<ArtifactResource>> Handle(string artifactId, ArtifactReader reader, CancellationToken cancellationToken)
    {
        var artifact = await reader.GetAsync(ResourceId.ParsePath(artifactId, "Artifact"), cancellationToken);
        return ResourceResult<ArtifactResource>.Ok(await reader.ToResourceAsync(artifact, cancellationToken));
    }
}
