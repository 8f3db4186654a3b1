using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MlMetadata;

namespace MetadataGateway.LabelledContexts;

/// <summary>What a PUT or PATCH makes of a stored workspace or run: a changed copy, or all the reasons why not.</summary>
internal static class LabelledContextChange
{
    private static readonly HashSet<string> Editable = ["description", "labels"];
    private static readonly HashSet<string> Deep = ["labels"];

    /// <summary>A merge patch: what it does not name stays.</summary>
    public static Context Patch(Context stored, object resource, JsonElement patch)
    {
        var faults = new List<Fault>();
        var merged = MergePatch.Apply(ToJson(resource), patch, Editable, Deep, faults);
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }

        var changed = stored.Clone();
        if (patch.TryGetProperty("description", out _))
        {
            changed.SetDescription((string?)merged["description"]);
        }

        if (patch.TryGetProperty("labels", out _))
        {
            changed.SetLabels((JsonObject?)merged["labels"]);
        }

        return changed;
    }

    /// <summary>A PUT: description and labels become those of the request, absent ones none.</summary>
    public static Context Replace(Context stored, object? resource, JsonElement request)
    {
        var faults = new List<Fault>();
        var declared = MergePatch.Apply(resource is null ? [] : ToJson(resource), request, Editable, new HashSet<string>(), faults);
        // A new one has nothing that output-only fields could be equal to.
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }

        var changed = stored.Clone();
        changed.SetDescription(request.TryGetProperty("description", out _) ? (string?)declared["description"] : null);
        changed.SetLabels(request.TryGetProperty("labels", out _) ? WithoutNulls(declared["labels"]) : null);
        return changed;
    }

    // A label without a text is none, as everywhere in a PUT.
    private static JsonObject? WithoutNulls(JsonNode? labels) =>
        labels is JsonObject given ? new JsonObject(given.Where(label => label.Value is not null).Select(label => KeyValuePair.Create(label.Key, label.Value?.DeepClone()))) : null;

    private static JsonObject ToJson(object resource) => (JsonObject)JsonSerializer.SerializeToNode(resource, resource.GetType(), JsonConfiguration.Options)!;
}
