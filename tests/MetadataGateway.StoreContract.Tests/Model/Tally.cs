using System.Globalization;

namespace MetadataGateway.StoreContract.Tests.Model;

/// <summary>Counts what really occurred: a test over random calls that all fail would prove nothing.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, SortedDictionary<string, int>> counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> reasons = new(StringComparer.Ordinal);

    public int Sequences { get; private set; }

    public int Calls { get; private set; }

    public int Reopened { get; set; }

    public int FurtherPages { get; set; }

    public IEnumerable<string> Statuses(string method) => counts.TryGetValue(method, out var statuses) ? statuses.Keys : [];

    public void AddSequence() => Sequences++;

    /// <summary>Counts a call; the reason says which of the model's rules a failed one broke.</summary>
    public void Add(string method, string status, string reason)
    {
        Calls++;
        if (reason.Length > 0)
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        counts.TryAdd(method, new SortedDictionary<string, int>(StringComparer.Ordinal));
        counts[method][status] = counts[method].GetValueOrDefault(status) + 1;
    }

    public override string ToString() => string.Join('\n', counts
        .Select(method => $"{method.Key}: {string.Join(", ", method.Value.Select(status => $"{status.Key} {status.Value}"))}")
        .Prepend(string.Create(
            CultureInfo.InvariantCulture,
            $"{Sequences} sequences, {Calls} calls, {FurtherPages} further pages, {Reopened} times reopened"))
        .Concat(reasons.Select(reason => $"{reason.Key}: {reason.Value}")));
}
