using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>Stored artifacts by id, and as resources.</summary>
internal sealed class ArtifactReader(MetadataStoreService.MetadataStoreServiceClient client, TypeCache types, WorkspaceMembership workspaces)
{
    // One call for a thousand full records stays far below the message limit.
    private const int ChunkSize = 1000;

    /// <summary>The artifact; 404 when there is none.</summary>
    public async Task<Artifact> GetAsync(long id, CancellationToken cancellationToken) =>
        (await FindAsync([id], cancellationToken)).GetValueOrDefault(id) ?? throw ProblemException.NotFound($"Artifact {id}");

    /// <summary>Those of the artifacts that exist. MLMD leaves unknown ids out and answers in an order of its own.</summary>
    public async Task<Dictionary<long, Artifact>> FindAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Artifact>();
        foreach (var chunk in ids.Distinct().Chunk(ChunkSize))
        {
            var answer = await client.GetArtifactsByIDAsync(new() { ArtifactIds = { chunk } }, cancellationToken: cancellationToken);
            foreach (var artifact in answer.Artifacts)
            {
                found[artifact.Id] = artifact;
            }
        }

        return found;
    }

    /// <summary>Makes their types known; the Kubeflow types have no version worth a call.</summary>
    public Task LoadTypesAsync(IEnumerable<Artifact> artifacts, CancellationToken cancellationToken) => types.LoadArtifactTypesAsync(
        artifacts.Where(artifact => ArtifactKinds.WrittenKind(artifact.Type) is null).Select(artifact => artifact.TypeId), cancellationToken);

    /// <summary>In the same order. <paramref name="workspace"/> is that of records that do not say it themselves.</summary>
    public async Task<IReadOnlyList<ArtifactResource>> ToResourcesAsync(
        IReadOnlyCollection<Artifact> artifacts, string workspace, CancellationToken cancellationToken)
    {
        await LoadTypesAsync(artifacts, cancellationToken);
        return [.. artifacts.Select(artifact => artifact.ToResource(types.Find(artifact.TypeId)?.Version, workspace))];
    }

    /// <summary>In the same order, from any workspace: it is looked up where a record does not say it.</summary>
    public async Task<IReadOnlyList<ArtifactResource>> ToResourcesAsync(IReadOnlyCollection<Artifact> artifacts, CancellationToken cancellationToken)
    {
        await LoadTypesAsync(artifacts, cancellationToken);
        var workspaceOf = await workspaces.OfArtifactsAsync(artifacts, cancellationToken);
        return [.. artifacts.Select(artifact => artifact.ToResource(types.Find(artifact.TypeId)?.Version, workspaceOf[artifact.Id]))];
    }

    public async Task<ArtifactResource> ToResourceAsync(Artifact artifact, CancellationToken cancellationToken) =>
        (await ToResourcesAsync([artifact], cancellationToken))[0];
}
