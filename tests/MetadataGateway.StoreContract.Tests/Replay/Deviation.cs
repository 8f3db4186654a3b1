using System.Text.Json;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>
/// A step at which the store answers otherwise than MLMD, on purpose: the answer that it gives instead. The reasons are explained in
/// docs/mlmd-compatibility.md.
/// </summary>
internal sealed record Deviation(JsonElement Json)
{
    private static readonly Lazy<Dictionary<(string, int), Deviation>> All = new(Load);

    public string Scenario => Json.GetProperty("scenario").GetString()!;

    public int Step => Json.GetProperty("step").GetInt32();

    public string Reason => Json.GetProperty("reason").GetString()!;

    public string Status => Json.GetProperty("status").GetString()!;

    public JsonElement Response => Json.TryGetProperty("response", out var response) ? response : default;

    public static IEnumerable<Deviation> Listed => All.Value.Values;

    public static Deviation? Of(string scenario, int step) => All.Value.GetValueOrDefault((scenario, step));

    private static Dictionary<(string, int), Deviation> Load() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Replay", "deviations.jsonl"))
            .Where(line => line.Length > 0)
            .Select(line => new Deviation(Transcript.Parse(line)))
            .ToDictionary(deviation => (deviation.Scenario, deviation.Step));
}
