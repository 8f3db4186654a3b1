using System.Text.Json;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>One recorded call: what was sent, and what MLMD answered.</summary>
internal sealed record TranscriptStep(JsonElement Json)
{
    public int Number => Json.GetProperty("step").GetInt32();

    public string Method => Json.GetProperty("method").GetString()!;

    public int SleepMilliseconds => Json.TryGetProperty("sleep_ms", out var value) ? value.GetInt32() : 0;

    public JsonElement Request => Json.GetProperty("request");

    public byte[] RawSuffix => Json.TryGetProperty("raw_suffix_hex", out var value) ? Convert.FromHexString(value.GetString()!) : [];

    public string Status => Json.GetProperty("status").GetString()!;

    public JsonElement Response => Json.GetProperty("response");

    public HashSet<string> Unordered => Json.TryGetProperty("unordered", out var value)
        ? [.. value.EnumerateArray().Select(path => path.GetString()!)]
        : [];

    public IEnumerable<JsonElement> Relations => Json.TryGetProperty("relations", out var value) ? value.EnumerateArray() : [];
}

/// <summary>A recorded conversation, on a database that was empty before it.</summary>
internal sealed record Transcript(string Scenario, string Area, IReadOnlyList<string> Requires, IReadOnlyList<TranscriptStep> Steps)
{
    /// <summary>Names a folder with further recordings, which are replayed like those that stand in the repository.</summary>
    private const string FolderVariable = "MLMD_TRANSCRIPTS";

    private static readonly Lazy<SortedDictionary<string, string>> Files = new(FindFiles);

    public static IEnumerable<string> Scenarios => Files.Value.Keys;

    public static Transcript Load(string scenario)
    {
        var lines = File.ReadLines(Files.Value[scenario]).Where(line => line.Length > 0).Select(Parse).ToList();
        var header = lines[0];
        if (header.GetProperty("format").GetInt32() != 1)
            throw new InvalidDataException($"{scenario} is of another format than 1.");
        if (header.GetProperty("steps").GetInt32() != lines.Count - 1)
            throw new InvalidDataException($"{scenario} does not have the {header.GetProperty("steps")} steps that it promises.");
        return new Transcript(
            scenario,
            header.GetProperty("area").GetString()!,
            [.. header.GetProperty("requires").EnumerateArray().Select(feature => feature.GetString()!)],
            [.. lines.Skip(1).Select(line => new TranscriptStep(line))]);
    }

    public static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    private static SortedDictionary<string, string> FindFiles()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in new[] { Path.Combine(AppContext.BaseDirectory, "Transcripts"), Environment.GetEnvironmentVariable(FolderVariable) })
            if (!string.IsNullOrEmpty(folder))
                foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl"))
                    files[Path.GetFileNameWithoutExtension(file)] = file;
        return files;
    }
}
