namespace MetadataGateway.Http;

/// <summary>A single resource as answered: it carries its entity tag in the body, too.</summary>
internal interface IResource
{
    /// <summary>The strong entity tag, quotes included; the same as the <c>ETag</c> header. Output only.</summary>
    string? Etag { get; set; }
}
