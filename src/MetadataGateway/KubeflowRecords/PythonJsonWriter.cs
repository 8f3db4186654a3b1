using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Json;

namespace MetadataGateway.KubeflowRecords;

/// <summary>
/// Writes JSON in the very form that Python's json module gives it, in which the Kubeflow Metadata SDK stores labels and
/// <c>__ALL_META__</c>. System.Text.Json escapes other characters, and cannot write the three numbers that are none.
/// </summary>
internal static class PythonJsonWriter
{
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    /// <summary>The members in braces, also where <see cref="Write(JsonNode?)"/> would take them for a number.</summary>
    public static string WriteObject(JsonObject members)
    {
        var text = new StringBuilder();
        WriteObject(members, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members when NonFiniteNumber.TryGetName(members, out var name):
                text.Append(name);
                break;
            case JsonObject members:
                WriteObject(members, text);
                break;
            case JsonArray items:
                WriteArray(items, text);
                break;
            default:
                WriteValue(node.AsValue(), text);
                break;
        }
    }

    private static void WriteObject(JsonObject members, StringBuilder text)
    {
        text.Append('{');
        var separator = "";
        foreach (var (name, value) in members)
        {
            text.Append(separator);
            WriteText(name, text);
            text.Append(": ");
            Write(value, text);
            separator = ", ";
        }
        text.Append('}');
    }

    private static void WriteArray(JsonArray items, StringBuilder text)
    {
        text.Append('[');
        var separator = "";
        foreach (var item in items)
        {
            text.Append(separator);
            Write(item, text);
            separator = ", ";
        }
        text.Append(']');
    }

    private static void WriteValue(JsonValue value, StringBuilder text)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteText(Text(value), text);
                break;
            case JsonValueKind.Number:
                text.Append(NumberToken(value));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    /// <summary>What a client or the SDK wrote keeps its token: a double would lose 1.0 its fraction and long integers their digits.</summary>
    private static string NumberToken(JsonValue value)
    {
        if (value.TryGetValue(out JsonElement json))
            return json.GetRawText();
        if (value.TryGetValue(out double number))
            return NonFiniteNumber.Name(number) ?? JsonNumber.DoubleToken(number);
        return value.ToJsonString();
    }

    /// <summary>The string, halves of surrogate pairs and all.</summary>
    public static string Text(JsonValue value)
    {
        if (value.TryGetText(out var text))
            return text;
        // The token has the half as an escape, and .NET strings can hold it.
        return PythonJsonReader.TryRead(value.GetValue<JsonElement>().GetRawText(), out var node) ? node!.GetValue<string>() : "";
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                >= ' ' and <= '~' => text.Append(character),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }
        text.Append('"');
    }
}
