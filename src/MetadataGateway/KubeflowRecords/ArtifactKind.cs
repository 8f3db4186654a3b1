namespace MetadataGateway.KubeflowRecords;

/// <summary>The four shapes in which the API shows artifacts.</summary>
internal enum ArtifactKind
{
    /// <summary>Any artifact of no other kind, with the properties of its own type.</summary>
    Artifact,
    Dataset,
    Model,
    Metrics,
}
