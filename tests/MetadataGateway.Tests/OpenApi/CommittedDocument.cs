using System.Text.Json.Nodes;

namespace MetadataGateway.Tests.OpenApi;

/// <summary>The committed document, and one of its operations.</summary>
internal static class CommittedDocument
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "OpenApi", "metadata-gateway.json"));

    public static JsonNode Json { get; } = JsonNode.Parse(Text)!;

    public static IEnumerable<DocumentedOperation> Operations => Json["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => new DocumentedOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!)));
}

internal sealed record DocumentedOperation(string Method, string Path, JsonNode Json)
{
    public string Id => (string)Json["operationId"]!;

    public JsonObject Responses => Json["responses"]!.AsObject();

    public override string ToString() => $"{Method} {Path}";
}
