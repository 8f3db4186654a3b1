using Google.Protobuf;
using MetadataGateway.StoreContract.Tests.Replay;

namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>One call, with placeholders in its request.</summary>
/// <param name="Request">Null to close the store and open it again.</param>
/// <param name="Wait">How far the clock goes on before, in milliseconds; below 0 it is set back.</param>
internal sealed record CallStep(IMessage? Request, int Wait)
{
    public static string MethodOf(IMessage request) => request.Descriptor.Name[..^"Request".Length];

    /// <summary>Lists with options are walked through to their last page; this is one call of them.</summary>
    public override string ToString() => (Wait == 0 ? "" : $"(clock {Wait:+0;-0} ms) ")
        + (Request is null ? "reopen the store" : $"{MethodOf(Request)} {MessageFormatter.Format(Request)}");
}

/// <summary>A sequence of calls to a new store, in memory or in a file.</summary>
internal sealed class CallSequence(IReadOnlyList<CallStep> steps, bool isOnFile)
{
    public IReadOnlyList<CallStep> Steps => steps;

    public bool IsOnFile => isOnFile;

    public override string ToString() => string.Join(
        '\n', steps.Select((step, index) => $"{index + 1,3}. {step}").Prepend(isOnFile ? "A store in a file:" : "A store in memory:"));

    /// <summary>Simpler sequences: fewer steps first, then fewer with the clock as it was, then simpler ones.</summary>
    public IEnumerable<CallSequence> Shrink()
    {
        for (var length = steps.Count / 2; length > 0; length /= 2)
            for (var start = 0; start + length <= steps.Count; start += length)
                yield return new CallSequence([.. steps.Take(start), .. steps.Skip(start + length)], isOnFile);
        foreach (var index in Enumerable.Range(0, Math.Max(0, steps.Count - 1)).Where(index => steps[index].Wait != 0))
        {
            var next = steps[index + 1];
            var merged = next with { Wait = steps[index].Wait + next.Wait };
            yield return new CallSequence([.. steps.Take(index), merged, .. steps.Skip(index + 2)], isOnFile);
        }
        if (isOnFile)
            yield return new CallSequence([.. steps.Where(step => step.Request is not null)], isOnFile: false);
        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            if (step.Wait != 0)
                yield return With(index, step with { Wait = 0 });
            if (step.Request is not null)
                foreach (var request in MessageShrinker.Shrink(step.Request))
                    yield return With(index, step with { Request = request });
        }
    }

    private CallSequence With(int index, CallStep step) => new([.. steps.Take(index), step, .. steps.Skip(index + 1)], isOnFile);
}
