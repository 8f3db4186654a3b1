using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>
/// An MLMD artifact seen through the API's fields. Two forms of record exist: the SDK's, with the whole in <c>__ALL_META__</c>, and everybody
/// else's. Reading, creating and patching are written once against this.
/// </summary>
internal abstract class ArtifactRecord
{
    protected ArtifactRecord(Artifact node) => Node = node;

    public Artifact Node { get; }

    /// <summary>The form that the stored node has. <paramref name="type"/> is needed for writing only.</summary>
    public static ArtifactRecord Of(Artifact node, RegisteredType? type = null) =>
        ArtifactKinds.WrittenKind(node.Type) is { } kind && node.Properties.ContainsKey(KubeflowPropertyNames.AllMeta)
            ? new SdkArtifactRecord(node, kind)
            : new CustomArtifactRecord(node, type);

    public string? Uri => Node.HasUri && Node.Uri.Length > 0 ? Node.Uri : null;

    /// <summary>A text field; null when it is not there or empty.</summary>
    public abstract string? GetText(string field);

    public abstract void SetText(string field, string? value);

    /// <summary>A field that holds a JSON object; whatever JSON was stored, null when nothing was.</summary>
    public abstract JsonNode? GetObject(string field);

    public abstract void SetObject(string field, JsonObject? value);

    /// <summary>Whether a custom property is part of a field or of the bookkeeping, and so not among <c>customProperties</c>.</summary>
    public virtual bool IsHidden(string customProperty) => RecordProperties.IsBookkeeping(customProperty);

    /// <summary>Whether a client may not write a custom property of that name.</summary>
    public virtual bool IsReserved(string customProperty) => IsHidden(customProperty);

    /// <summary>Declared properties as the API shows them; null when the kind's own fields tell all.</summary>
    public abstract JsonObject? GetProperties();

    public virtual void SetUri(string? uri) => Node.Uri = uri ?? "";
}
