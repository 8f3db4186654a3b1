namespace MetadataGateway.Errors;

/// <summary>Ends a request with a problem+json answer. <paramref name="detail"/> is for the client: it names field, id and value.</summary>
internal sealed class ProblemException(ProblemType type, string detail, IReadOnlyList<Fault>? faults = null, Exception? cause = null)
    : Exception(detail, cause)
{
    public ProblemType Type { get; } = type;

    public IReadOnlyList<Fault> Faults { get; } = faults ?? [];

    public static ProblemException NotFound(string what) => new(ProblemType.NotFound, $"{what} does not exist.");

    public static ProblemException Invalid(string path, string message) => Invalid([new Fault(path, message)]);

    public static ProblemException Invalid(IReadOnlyList<Fault> faults) =>
        new(ProblemType.Validation, faults.Count == 1 ? faults[0].ToString() : $"The request has {faults.Count} faults.", faults);

    public static ProblemException Unresolved(string path, string message) =>
        new(ProblemType.UnresolvedReference, $"{path}: {message}", [new Fault(path, message)]);
}

/// <summary>One fault of a request: the JSON path of a field, the name of a query parameter or of a header, and what is wrong with it.</summary>
/// <param name="Path">Where.</param>
/// <param name="Message">What.</param>
/// <param name="Position">Place within a text that has a language of its own, such as a filter; characters from 0.</param>
internal sealed record Fault(string Path, string Message, int? Position = null)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
