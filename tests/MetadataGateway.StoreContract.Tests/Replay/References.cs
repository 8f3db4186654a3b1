using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>Replaces what a recorded request takes from earlier answers by what the tested server answered.</summary>
internal sealed partial class References(IReadOnlyDictionary<int, JsonElement> answers)
{
    public JsonElement Resolve(JsonElement request)
    {
        using var document = JsonDocument.Parse(Replace(JsonNode.Parse(request.GetRawText()))!.ToJsonString());
        return document.RootElement.Clone();
    }

    /// <summary>The value at e.g. <c>step 3 artifacts[0].id</c>.</summary>
    public JsonElement At(string reference)
    {
        var match = ReferencePattern().Match(reference);
        var step = int.Parse(match.Groups["step"].Value, CultureInfo.InvariantCulture);
        return answers.TryGetValue(step, out var answer)
            ? At(answer, match.Groups["path"].Value)
            : throw new InvalidDataException($"Step {step}, which this one refers to, has failed.");
    }

    public static JsonElement At(JsonElement root, string path)
    {
        foreach (Match part in PathPattern().Matches(path))
            root = part.Groups["index"].Success
                ? root[int.Parse(part.Groups["index"].Value, CultureInfo.InvariantCulture)]
                : root.GetProperty(part.Groups["name"].Value);
        return root;
    }

    private JsonNode? Replace(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject reference when reference.ContainsKey("$time") || reference.ContainsKey("$token") || reference.ContainsKey("$format"):
                return JsonValue.Create(Text(reference));
            case JsonObject json:
                return new JsonObject(json.Select(property => KeyValuePair.Create(property.Key, Replace(property.Value))));
            case JsonArray json:
                return new JsonArray([.. json.Select(Replace)]);
            default:
                return node?.DeepClone();
        }
    }

    private string Text(JsonObject reference)
    {
        if (reference["$time"] is { } time)
        {
            var value = long.Parse(At(time.GetValue<string>()).GetString()!, CultureInfo.InvariantCulture);
            return (value + (reference["plus"]?.GetValue<long>() ?? 0)).ToString(CultureInfo.InvariantCulture);
        }
        if (reference["$token"] is { } token)
            return At(token.GetValue<string>() + " next_page_token").GetString()!;
        var text = reference["$format"]!.GetValue<string>();
        var arguments = reference["args"]!.AsArray();
        for (var index = 0; index < arguments.Count; index++)
            text = text.Replace($"{{{index}}}", Text(arguments[index]!.AsObject()), StringComparison.Ordinal);
        return text;
    }

    [GeneratedRegex(@"^step (?<step>\d+) (?<path>.+)$")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"\[(?<index>\d+)\]|(?<name>[^.\[\]]+)")]
    private static partial Regex PathPattern();
}
