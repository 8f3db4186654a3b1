using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>
/// An artifact of any other form. A text field is the declared STRING property of its name, else the custom property of that name; on Kubeflow
/// Pipelines' <c>system.*</c> types the name may be in <c>display_name</c>. Objects are JSON text in custom properties that only the gateway uses.
/// </summary>
internal sealed class CustomArtifactRecord(Artifact node, RegisteredType? type) : ArtifactRecord(node)
{
    private const string DisplayName = "display_name";

    private bool IsPipelineType => Node.Type.StartsWith("system.", StringComparison.Ordinal);

    public override string? GetText(string field)
    {
        var property = ArtifactFields.Texts[field];
        return Node.Properties.GetText(property) ?? Node.CustomProperties.GetText(property)
            ?? (field == "name" && IsPipelineType ? Node.CustomProperties.GetText(DisplayName) : null);
    }

    public override void SetText(string field, string? value)
    {
        var property = ArtifactFields.Texts[field];
        if (type?.Properties.GetValueOrDefault(property) != PropertyType.String)
        {
            Node.CustomProperties.SetText(property, value);
        }
        else
        {
            if (IsField(property))
            {
                // Another client kept it beside the declared property; left there, it would come back when that is removed.
                Node.CustomProperties.Remove(property);
            }

            Node.Properties.SetText(property, value);
        }

        if (value is null && field == "name" && IsPipelineType)
        {
            Node.CustomProperties.Remove(DisplayName);
        }
    }

    public override JsonNode? GetObject(string field)
    {
        if (Node.CustomProperties.GetText(PropertyOf(field)) is { } text)
        {
            return PythonJsonReader.TryRead(text, out var value) ? value : null;
        }

        return field == "values" && ArtifactKinds.OfType(Node.Type) == ArtifactKind.Metrics ? MetricValues() : null;
    }

    public override void SetObject(string field, JsonObject? value) =>
        Node.CustomProperties.SetText(PropertyOf(field), value is { Count: > 0 } ? PythonJsonWriter.Write(value) : null);

    public override bool IsHidden(string customProperty) =>
        base.IsHidden(customProperty)
        || RecordProperties.IsSessionInfo(Node.Type, customProperty)
        || IsField(customProperty);

    public override bool IsReserved(string customProperty) => IsHidden(customProperty) || IsFieldName(customProperty);

    public override JsonObject GetProperties() => Node.Properties.ToJson(name => name == KubeflowPropertyNames.AllMeta);

    // Kubeflow Pipelines stores each metric as a double of its name.
    private JsonObject MetricValues()
    {
        var values = new JsonObject();
        foreach (var (name, value) in Node.CustomProperties.Where(entry => entry.Value.HasDoubleValue).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            values[name] = Properties.PropertyValueWriter.Write(value);
        }

        return values;
    }

    private bool IsField(string customProperty) =>
        IsFieldName(customProperty)
        && Node.CustomProperties.GetText(customProperty) is not null
        && Node.Properties.GetText(customProperty) is null;

    private bool IsFieldName(string customProperty) =>
        ArtifactFields.Of(ArtifactKinds.OfType(Node.Type)).Any(field => ArtifactFields.Texts.GetValueOrDefault(field) == customProperty);

    private static string PropertyOf(string field) => $"metadata-gateway/{field}";
}
