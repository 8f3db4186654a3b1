using System.Text.Json;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>
/// Compares a response with the recorded one. Nothing may be missing and nothing extra; of times taken from the clock and of page tokens
/// only the kind is compared; lists named as unordered are compared as multisets.
/// </summary>
internal sealed class ResponseComparison(IReadOnlySet<string> unordered, long earliest, long latest)
{
    private static readonly HashSet<string> Times =
        ["create_time_since_epoch", "last_update_time_since_epoch", "milliseconds_since_epoch"];

    /// <summary>The first difference, in words; null if there is none.</summary>
    public string? FirstDifference(JsonElement expected, JsonElement actual) => Compare(expected, actual, "");

    private string? Compare(JsonElement expected, JsonElement actual, string path) => expected.ValueKind switch
    {
        JsonValueKind.Object => actual.ValueKind == JsonValueKind.Object ? CompareObjects(expected, actual, path) : Unlike(expected, actual, path),
        JsonValueKind.Array => actual.ValueKind == JsonValueKind.Array ? CompareArrays(expected, actual, path) : Unlike(expected, actual, path),
        JsonValueKind.Number => actual.ValueKind == JsonValueKind.Number && expected.GetDouble().Equals(actual.GetDouble())
            ? null : Unlike(expected, actual, path),
        JsonValueKind.String => actual.ValueKind == JsonValueKind.String && TextsMatch(expected.GetString()!, actual.GetString()!, path)
            ? null : Unlike(expected, actual, path),
        _ => actual.ValueKind == expected.ValueKind ? null : Unlike(expected, actual, path),
    };

    private string? CompareObjects(JsonElement expected, JsonElement actual, string path)
    {
        foreach (var property in expected.EnumerateObject())
        {
            var inner = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!actual.TryGetProperty(property.Name, out var value))
                return $"{inner} is missing";
            if (Compare(property.Value, value, inner) is { } difference)
                return difference;
        }
        foreach (var property in actual.EnumerateObject())
            if (!expected.TryGetProperty(property.Name, out _))
                return $"{path}.{property.Name} is extra: {property.Value}";
        return null;
    }

    private string? CompareArrays(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
            return $"{path} has {actual.GetArrayLength()} elements instead of {expected.GetArrayLength()}";
        if (unordered.Contains(path))
            return CompareMultisets(expected, actual, path);
        for (var index = 0; index < expected.GetArrayLength(); index++)
            if (Compare(expected[index], actual[index], $"{path}[{index}]") is { } difference)
                return difference;
        return null;
    }

    private string? CompareMultisets(JsonElement expected, JsonElement actual, string path)
    {
        var left = actual.EnumerateArray().ToList();
        foreach (var element in expected.EnumerateArray())
        {
            var found = left.FindIndex(candidate => Compare(element, candidate, path + "[]") is null);
            if (found < 0)
                return $"{path} has no element {element}";
            left.RemoveAt(found);
        }
        return null;
    }

    private bool TextsMatch(string expected, string actual, string path)
    {
        var field = path[(path.LastIndexOf('.') + 1)..];
        if (expected == "<ms>" && Times.Contains(field))
            return long.TryParse(actual, out var time) && time >= earliest && time <= latest;
        if (expected == "<token>" && field == "next_page_token")
            return actual.Length > 0;
        return expected == actual;
    }

    private static string Unlike(JsonElement expected, JsonElement actual, string path) => $"{path} is {actual} instead of {expected}";
}
