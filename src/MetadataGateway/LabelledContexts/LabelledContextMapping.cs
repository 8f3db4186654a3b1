using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;
using MlMetadata;

namespace MetadataGateway.LabelledContexts;

/// <summary>Description and labels on a context: declared properties, labels as JSON text in the SDK's form.</summary>
internal static class LabelledContextMapping
{
    public static string? GetDescription(this Context context) =>
        context.Properties.GetValueOrDefault("description") is { HasStringValue: true, StringValue: { Length: > 0 } text } ? text : null;

    /// <summary>The labels; empty when there are none. Text that is no JSON object, which other clients may store, is the member <c>@value</c>.</summary>
    public static JsonObject GetLabels(this Context context)
    {
        if (context.Properties.GetValueOrDefault("labels") is not { HasStringValue: true, StringValue: { Length: > 0 } text })
        {
            return [];
        }

        return PythonJsonReader.TryRead(text, out var labels) ? ForeignJson.AsObject(labels) : new JsonObject { ["@value"] = text };
    }

    public static void SetDescription(this Context context, string? description) => Set(context, "description", description);

    public static void SetLabels(this Context context, JsonObject? labels) =>
        Set(context, "labels", labels is { Count: > 0 } ? PythonJsonWriter.WriteObject(labels) : null);

    private static void Set(Context context, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            context.Properties.Remove(name);
        }
        else
        {
            context.Properties[name] = new Value { StringValue = text };
        }
    }
}
