using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetadataGateway.Tests.Hosting;

internal static class JsonTexts
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON as the gateway writes it: order, number literals and all.</summary>
    public static string Raw(this JsonNode? json) => json?.ToJsonString(Relaxed) ?? "null";
}
