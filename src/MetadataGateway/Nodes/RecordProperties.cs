using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Json;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Properties;
using MlMetadata;

namespace MetadataGateway.Nodes;

/// <summary>The property maps of artifacts, executions and contexts, as JSON objects.</summary>
internal static class RecordProperties
{
    /// <summary>Custom properties that say where a record belongs, and the gateway's own.</summary>
    public static bool IsBookkeeping(string customProperty) =>
        customProperty is KubeflowPropertyNames.Workspace or KubeflowPropertyNames.Run
        || customProperty.StartsWith(KubeflowPropertyNames.ReservedPrefix, StringComparison.Ordinal);

    /// <summary>Kubeflow Pipelines' custom property that may point at the names of secrets; Kubeflow's own UI hides it, too.</summary>
    public static bool IsSessionInfo(string type, string customProperty) =>
        customProperty == "store_session_info" && type.StartsWith("system.", StringComparison.Ordinal);

    /// <summary>The external id that a client gave; null for the gateway's own keys.</summary>
    public static string? PublicExternalId(string externalId) =>
        externalId.StartsWith(KubeflowPropertyNames.ReservedPrefix, StringComparison.Ordinal) || externalId.Length == 0 ? null : externalId;

    public static string? GetText(this MapField<string, Value> properties, string name) =>
        properties.TryGetValue(name, out var value) && value.HasStringValue && value.StringValue.Length > 0 ? value.StringValue : null;

    /// <summary>Sets a text, or removes it when there is none: the SDK never writes an empty declared property.</summary>
    public static void SetText(this MapField<string, Value> properties, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            properties.Remove(name);
        }
        else
        {
            properties[name] = new Value { StringValue = text };
        }
    }

    /// <summary>The properties that are not hidden, in order of name.</summary>
    public static JsonObject ToJson(this MapField<string, Value> properties, Func<string, bool> isHidden)
    {
        var json = new JsonObject();
        foreach (var (name, value) in properties.Where(entry => !isHidden(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json[name] = PropertyValueWriter.Write(value);
        }

        return json;
    }

    /// <summary>
    /// Makes the visible properties those of <paramref name="given"/>; a patch changes only those that it names, a null taking one away. A value
    /// that says the same is left as it is stored, hidden ones are not touched.
    /// </summary>
    public static void Apply(
        this MapField<string, Value> properties, JsonObject? given, bool isPatch, Func<string, bool> isHidden,
        Func<string, PropertyType?> declaredTypeOf, string path, ICollection<Fault> faults)
    {
        if (!isPatch || given is null)
        {
            foreach (var name in properties.Keys.Where(name => !isHidden(name) && given?.ContainsKey(name) != true).ToList())
            {
                properties.Remove(name);
            }
        }

        properties.Set(given, declaredTypeOf, path, faults);
    }

    private static void Set(
        this MapField<string, Value> properties, JsonObject? given, Func<string, PropertyType?> declaredTypeOf, string path, ICollection<Fault> faults)
    {
        foreach (var (name, json) in given ?? [])
        {
            if (json is null)
            {
                properties.Remove(name);
                continue;
            }

            var found = new List<PropertyFault>();
            var value = PropertyValueReader.Read(
                JsonSerializer.SerializeToElement(json, JsonConfiguration.Options), declaredTypeOf(name), JsonPath.Member(path, name), found);
            foreach (var fault in found)
            {
                faults.Add(new Fault(fault.Path, fault.Message));
            }

            if (value is not null && !(properties.TryGetValue(name, out var stored) && stored.Equals(value)))
            {
                properties[name] = value;
            }
        }
    }
}
