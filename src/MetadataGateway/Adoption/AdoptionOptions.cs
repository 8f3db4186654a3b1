namespace MetadataGateway.Adoption;

/// <summary>What happens to the records of the Kubeflow Metadata SDK. Section <c>Adoption</c>.</summary>
internal sealed class AdoptionOptions
{
    public const string SectionName = "Adoption";

    /// <summary>
    /// Whether runs that are only a name on records get a context, and artifacts their searchable members. Default true. With false both are found
    /// by scan, and nothing is written.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
