using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>An artifact of a request once it is known what it means: a stored one, or a node to be written.</summary>
internal sealed class PlannedArtifact
{
    /// <summary>The stored artifact that is linked or reused; null for a new one.</summary>
    public Artifact? Stored { get; init; }

    /// <summary>What is written: a new node, or the changed stored one; null when nothing is.</summary>
    public Artifact? Node { get; set; }

    /// <summary>Fields of the request that differ from the stored artifact's, when that was reused.</summary>
    public IReadOnlyList<string>? Conflicts { get; init; }

    /// <summary>Fields that equal artifacts later in the request give otherwise.</summary>
    public IReadOnlyList<string> LaterConflicts { get; set; } = [];

    /// <summary>The identity of a dataset or model that may be reused.</summary>
    public ArtifactIdentity? Identity { get; init; }

    /// <summary>Path of the artifact in the request, for faults that only the write finds.</summary>
    public string Path { get; init; } = "";

    /// <summary>The id, known from the start or after the write.</summary>
    public long Id { get; set; }

    public bool IsNew => Stored is null;
}
