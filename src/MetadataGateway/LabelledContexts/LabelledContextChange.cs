using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Validation;
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
        var changes = MergePatch.Changes(ToJson(resource), patch, Editable, Deep, faults);
        return Change(stored, changes, faults);
    }

    /// <summary>A PUT: description and labels become those of the request, absent ones none.</summary>
    public static Context Replace(Context stored, object resource, LabelledContextRequest request)
    {
        var faults = new List<Fault>();
        var current = ToJson(resource);
        var declared = ToJson(request);
        // Absent, null and empty say nothing about what a client cannot set.
        foreach (var field in declared.Where(field => !Editable.Contains(field.Key) && string.IsNullOrEmpty((string?)field.Value)).Select(field => field.Key).ToList())
        {
            declared.Remove(field);
        }

        declared["labels"] = RemovingTheRest(current["labels"] as JsonObject, request.Labels);
        var changes = MergePatch.Changes(current, JsonSerializer.SerializeToElement(declared, JsonConfiguration.Options), Editable, Deep, faults);
        return Change(stored, changes, faults);
    }

    private static Context Change(Context stored, JsonObject changes, List<Fault> faults)
    {
        var given = JsonBody.Convert<LabelledContextRequest>(JsonSerializer.SerializeToElement(changes, JsonConfiguration.Options), faults);
        faults.AddRange(new LabelledContextValidator().Validate(given!).Errors.Select(failure => new Fault(failure.PropertyName, failure.ErrorMessage)));
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }

        var changed = stored.Clone();
        if (changes.TryGetPropertyValue("description", out var description))
        {
            changed.SetDescription((string?)description);
        }

        if (changes.TryGetPropertyValue("labels", out var labels))
        {
            changed.SetLabels(MergePatch.Apply(stored.GetLabels(), (JsonObject?)labels));
        }

        return changed;
    }

    // As a merge patch, which leaves alone what stays the same, in whatever form another client stored it.
    private static JsonObject RemovingTheRest(JsonObject? stored, JsonObject? declared)
    {
        var labels = declared is null ? [] : (JsonObject)declared.DeepClone();
        foreach (var name in (stored ?? []).Select(label => label.Key).Where(name => !labels.ContainsKey(name)))
        {
            labels[name] = null;
        }

        return labels;
    }

    private static JsonObject ToJson(object resource) => (JsonObject)JsonSerializer.SerializeToNode(resource, resource.GetType(), JsonConfiguration.Options)!;
}
