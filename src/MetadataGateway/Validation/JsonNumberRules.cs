using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Json;

namespace MetadataGateway.Validation;

/// <summary>
/// The one rule for objects of free JSON: <c>{"@double": …}</c> stands for a number that is not finite. Any text is fine, since it is stored inside
/// JSON text, where MLMD misreads nothing.
/// </summary>
internal static class JsonNumberRules
{
    public static bool IsNonFinite(JsonNode? node) => node is JsonObject members && NonFiniteNumber.TryGetName(members, out _);

    public static void AddFaults<T>(JsonNode? node, string path, ValidationContext<T> context)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } value when value.ContainsKey(NonFiniteNumber.Marker):
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
                    AddFaults(items[i], JsonPath.Item(path, i), context);
                }

                break;
        }
    }
}
