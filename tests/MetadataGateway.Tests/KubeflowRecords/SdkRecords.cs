using System.Text.Json;

namespace MetadataGateway.Tests.KubeflowRecords;

/// <summary>Texts that the Kubeflow Metadata SDK stored, out of recorded conversations.</summary>
internal static class SdkRecords
{
    /// <summary>Every different value of the string property, of any node in any request or answer.</summary>
    public static IReadOnlyCollection<string> Texts(string propertyName)
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "SdkRecords")))
        {
            var documents = file.EndsWith(".jsonl", StringComparison.Ordinal) ? File.ReadLines(file) : [File.ReadAllText(file)];
            foreach (var text in documents.Where(text => text.Length > 0))
            {
                using var document = JsonDocument.Parse(text);
                Collect(document.RootElement, propertyName, texts);
            }
        }
        return texts;
    }

    private static void Collect(JsonElement json, string propertyName, SortedSet<string> texts)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
                Collect(item, propertyName, texts);
        }
        if (json.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals(propertyName) && member.Value.ValueKind == JsonValueKind.Object
                && member.Value.TryGetProperty("string_value", out var value))
                texts.Add(value.GetString()!);
            Collect(member.Value, propertyName, texts);
        }
    }
}
