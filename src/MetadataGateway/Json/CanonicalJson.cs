using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace MetadataGateway.Json;

/// <summary>
/// JSON in one form: members in order of name, no white space, escapes alike, numbers as they were written (1 and 1.0 are not the same property
/// value).
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Lower-case hex; equal for texts that say the same.</summary>
    public static string HashOf(JsonElement json)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            Write(json, writer);
        }

        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    private static void Write(JsonElement json, Utf8JsonWriter writer)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(json.GetString());
                break;
            default:
                // Numbers among them: the writer would check, and refuse, exponents that no double holds.
                writer.WriteRawValue(json.GetRawText(), skipInputValidation: true);
                break;
        }
    }
}
