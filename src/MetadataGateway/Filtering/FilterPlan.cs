namespace MetadataGateway.Filtering;

/// <summary>
/// What MLMD is asked to select: records that meet all conditions and, when there are alternatives, one of them. MLMD can say no "or" about properties
/// that a record may lack, so each alternative is a query of its own.
/// </summary>
internal sealed record FilterPlan(IReadOnlyList<string> Conditions, IReadOnlyList<string> Alternatives)
{
    public static FilterPlan None { get; } = new([], []);

    public bool IsEmpty => Conditions.Count == 0 && Alternatives.Count == 0;

    public static FilterPlan Of(params IEnumerable<string?> conditions) => new([.. conditions.OfType<string>()], []);

    /// <summary>Both plans at once; of two sets of alternatives one has to be left to the gateway.</summary>
    public FilterPlan And(FilterPlan other) =>
        new([.. Conditions, .. other.Conditions], Alternatives.Count > 0 ? Alternatives : other.Alternatives);

    /// <summary>The queries whose results together hold every record; the empty one selects all.</summary>
    public IEnumerable<string> Queries(string? also) =>
        (Alternatives.Count == 0 ? [""] : Alternatives)
            .Select(alternative => string.Join(" AND ", Conditions.Append(alternative).Append(also).Where(condition => !string.IsNullOrEmpty(condition))));
}
