using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Json;

namespace MetadataGateway.Validation;

/// <summary>Rules for objects of free JSON: <c>{"@double": …}</c> stands for a number that is not finite, and texts must be storable.</summary>
internal static class JsonNumberRules
{
    public static bool IsNonFinite(JsonNode? node) =>
        node is JsonObject { Count: 1 } value && value["@double"] is JsonValue text && text.GetValueKind() == JsonValueKind.String
        && text.GetValue<string>() is "NaN" or "Infinity" or "-Infinity";

    public static void AddFaults<T>(JsonNode? node, string path, ValidationContext<T> context)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } value when value.ContainsKey("@double"):
                if (!IsNonFinite(node))
                {
                    context.AddFailure(path, "{\"@double\": …} takes \"NaN\", \"Infinity\" or \"-Infinity\" here; write other numbers as they are.");
                }

                break;
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    AddFaults(member, JsonPath.Member(path, name), context);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    AddFaults(items[i], $"{path}[{i}]", context);
                }

                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String && TextRules.TextFault(text.GetValue<string>()) is { } fault:
                context.AddFailure(path, fault);
                break;
        }
    }
}
