using System.Globalization;
using System.Text.Json;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>Sends a recorded conversation to a server, step by step, and tells where it answers otherwise.</summary>
internal sealed class TranscriptReplay(StoreCaller caller, TimeProvider clock)
{
    private const long Tolerance = 10_000;

    private readonly Dictionary<int, JsonElement> answers = [];
    private readonly long start = clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The faults, one line each. A failed step does not end the replay: later ones often tell more.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="deviationOf">The listed deviation of a step, for a server that has such.</param>
    public async Task<List<string>> Run(Transcript transcript, Func<int, Deviation?> deviationOf)
    {
        var faults = new List<string>();
        foreach (var step in transcript.Steps)
        {
            await Task.Delay(step.SleepMilliseconds);
            foreach (var fault in await Replay(step, deviationOf(step.Number)))
                faults.Add($"step {step.Number} {step.Method}: {fault}");
        }
        return faults;
    }

    private async Task<List<string>> Replay(TranscriptStep step, Deviation? deviation)
    {
        StoreAnswer answer;
        try
        {
            var request = MessageParser.Parse(StoreCaller.Method(step.Method).InputType, new References(answers).Resolve(step.Request));
            answer = await caller.Call(step.Method, request, step.RawSuffix);
        }
        catch (Exception failure) when (failure is InvalidDataException or KeyNotFoundException)
        {
            return [failure.Message];
        }
        var response = answer.Response is null ? default : MessageFormatter.Format(answer.Response);
        if (answer.Response is not null)
            answers[step.Number] = response;
        var faults = Faults(step, step.Status, step.Response, answer, response);
        if (deviation is null)
            return faults;
        return faults.Count == 0
            ? ["answered as recorded, although it is listed as a deviation"]
            : Faults(step, deviation.Status, deviation.Response, answer, response);
    }

    private List<string> Faults(TranscriptStep step, string status, JsonElement expected, StoreAnswer answer, JsonElement response)
    {
        if (answer.Status != status)
            return [$"status {answer.Status} instead of {status}; {answer.Detail}{response}"];
        if (answer.Response is null)
            return [];
        var comparison = new ResponseComparison(
            step.Unordered, start - Tolerance, clock.GetUtcNow().ToUnixTimeMilliseconds() + Tolerance);
        if (comparison.FirstDifference(expected, response) is { } difference)
            return [difference];
        return [.. step.Relations.Where(relation => !Holds(relation, response)).Select(relation => $"not true: {relation}")];
    }

    private bool Holds(JsonElement relation, JsonElement response)
    {
        var left = Number(References.At(response, relation.GetProperty("path").GetString()!));
        var right = Number(new References(answers).At(relation.GetProperty("ref").GetString()!));
        return relation.GetProperty("op").GetString() switch
        {
            "<" => left < right,
            "<=" => left <= right,
            "==" => left == right,
            ">=" => left >= right,
            ">" => left > right,
            var other => throw new InvalidDataException($"Unknown relation {other}."),
        };
    }

    private static long Number(JsonElement json) => long.Parse(
        json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText(), CultureInfo.InvariantCulture);
}
