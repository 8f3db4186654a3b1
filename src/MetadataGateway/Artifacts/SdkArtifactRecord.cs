using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>
/// A dataset, model or metrics as the Kubeflow Metadata SDK writes it: the scalar fields in declared properties, everything in
/// <c>__ALL_META__</c>, which is the truth for what has no property. Scalar members of labels, hyperparameters and values are also written as
/// custom properties, so that MLMD can select on them.
/// </summary>
internal sealed class SdkArtifactRecord : ArtifactRecord
{
    private readonly AllMeta _meta;

    public SdkArtifactRecord(Artifact node, ArtifactKind kind)
        : base(node)
    {
        // One that is no JSON object reads by its declared properties, and a change mends it.
        _meta = AllMeta.TryParse(node.Properties.GetText(KubeflowPropertyNames.AllMeta)) ?? Rebuild(node, kind);
    }

    /// <summary>The record of a new artifact.</summary>
    public static SdkArtifactRecord New(Artifact node, ArtifactKind kind, string createTime)
    {
        node.Properties.SetText("create_time", createTime);
        var record = new SdkArtifactRecord(node, kind);
        record.Save();
        return record;
    }

    public override string? GetText(string field)
    {
        var property = ArtifactFields.Texts[field];
        return Node.Properties.GetText(property) ?? TextOf(_meta[property]);
    }

    public override void SetText(string field, string? value)
    {
        var property = ArtifactFields.Texts[field];
        Node.Properties.SetText(property, value);
        // Metrics declare the property version, but the SDK's class and so its __ALL_META__ do not have it.
        if (_meta.Contains(property))
        {
            _meta[property] = value;
            Save();
        }
    }

    public override JsonNode? GetObject(string field) => _meta[ArtifactFields.Objects[field]];

    public override void SetObject(string field, JsonObject? value)
    {
        var key = ArtifactFields.Objects[field];
        _meta[key] = value is { Count: > 0 } ? value.DeepClone() : key == "kwargs" ? new JsonObject() : null;
        Save();
        if (field is not ("labels" or "hyperparameters" or "values"))
        {
            return;
        }

        foreach (var name in Node.CustomProperties.Keys.Where(name => name.StartsWith($"{field}.", StringComparison.Ordinal)).ToList())
        {
            Node.CustomProperties.Remove(name);
        }

        foreach (var (name, member) in SearchableMembers.Write(field, value))
        {
            Node.CustomProperties[name] = member;
        }
    }

    public override void SetUri(string? uri)
    {
        base.SetUri(uri);
        _meta["uri"] = uri;
        Save();
    }

    public override bool IsHidden(string customProperty) => base.IsHidden(customProperty) || SearchableMembers.IsSearchable(customProperty);

    public override JsonObject? GetProperties() => null;

    private static AllMeta Rebuild(Artifact node, ArtifactKind kind)
    {
        var meta = AllMeta.Create(kind);
        foreach (var property in ArtifactFields.Texts.Values.Append("create_time"))
        {
            if (meta.Contains(property))
            {
                meta[property] = node.Properties.GetText(property);
            }
        }

        meta["uri"] = node.HasUri && node.Uri.Length > 0 ? node.Uri : null;
        return meta;
    }

    private void Save() => Node.Properties[KubeflowPropertyNames.AllMeta] = new Value { StringValue = _meta.ToText() };

    private static string? TextOf(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is { Length: > 0 } text ? text : null;
}
