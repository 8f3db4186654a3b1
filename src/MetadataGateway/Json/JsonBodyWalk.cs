using System.Text.Json;

namespace MetadataGateway.Json;

/// <summary>
/// Follows a reader through a document, keeps the path, and notes what is JSON by its grammar and no use to anybody: a key given
/// twice in one object, and texts with half of a surrogate pair.
/// </summary>
internal sealed class JsonBodyWalk
{
    private readonly List<Container> containers = [];

    public List<JsonBodyFault> Faults { get; } = [];

    public void Take(ref Utf8JsonReader reader)
    {
        var token = reader.TokenType;
        if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            containers.RemoveAt(containers.Count - 1);
            return;
        }
        if (token == JsonTokenType.PropertyName)
        {
            TakeName(ref reader, containers[^1]);
            return;
        }

        if (containers is [.., { Names: null } array])
            array.Index++;
        // Only an escape can spell half a pair in valid UTF-8.
        if (token == JsonTokenType.String && reader.ValueIsEscaped && !TryGetText(ref reader, out _))
            Faults.Add(new JsonBodyFault(Path(containers.Count), JsonText.BrokenText, reader.TokenStartIndex));
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            containers.Add(new Container(token == JsonTokenType.StartObject ? [] : null));
    }

    private void TakeName(ref Utf8JsonReader reader, Container container)
    {
        if (!TryGetText(ref reader, out var name))
        {
            Faults.Add(new JsonBodyFault(Path(containers.Count - 1), JsonText.BrokenText, reader.TokenStartIndex));
            return;
        }
        container.Member = name;
        if (!container.Names!.Add(name))
            Faults.Add(new JsonBodyFault(Path(containers.Count), $"'{name}' is given twice.", reader.TokenStartIndex));
    }

    /// <summary>Made only when there is a fault to name: most bodies have none.</summary>
    private string Path(int depth)
    {
        var path = JsonPath.Root;
        foreach (var container in containers.Take(depth))
            path = container.Names is null ? JsonPath.Item(path, container.Index) : JsonPath.Member(path, container.Member);
        return path;
    }

    private static bool TryGetText(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>An object or array that the reader is inside of, and where in it; arrays have no names.</summary>
    private sealed class Container(HashSet<string>? names)
    {
        public HashSet<string>? Names { get; } = names;

        public string Member { get; set; } = "";

        public int Index { get; set; } = -1;
    }
}
