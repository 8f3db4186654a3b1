using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Json;
using MetadataGateway.Validation;

namespace MetadataGateway.LabelledContexts;

internal static class LabelRules
{
    /// <summary>Labels map names to text; in a merge patch null takes one away.</summary>
    public static void AddLabelFaults<T>(this ValidationContext<T> context, JsonObject? labels, string path, bool isPatch = false)
    {
        foreach (var (name, value) in labels ?? [])
        {
            if (value is null && isPatch)
            {
                continue;
            }

            var member = JsonPath.Member(path, name);
            if (value?.GetValueKind() != JsonValueKind.String)
            {
                context.AddFailure(member, "must be a string.");
            }
            else if (TextRules.TextFault(value.GetValue<string>()) is { } fault)
            {
                context.AddFailure(member, fault);
            }
        }
    }
}
