using System.Text.Json.Nodes;

namespace MetadataGateway.KubeflowRecords;

/// <summary>JSON that other clients stored where the API promises an object.</summary>
internal static class ForeignJson
{
    /// <summary>
    /// The object itself; none for null; anything else as the one member <c>@value</c>, so that one odd record neither fails a whole list nor
    /// loses what it holds.
    /// </summary>
    public static JsonObject AsObject(JsonNode? node) => node switch
    {
        null => [],
        JsonObject value => (JsonObject)value.DeepClone(),
        _ => new JsonObject { ["@value"] = node.DeepClone() },
    };
}
