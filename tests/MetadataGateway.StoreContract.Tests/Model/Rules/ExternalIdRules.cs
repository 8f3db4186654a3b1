namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>The same for nodes and types: nothing asked for is fine, nothing found is not.</summary>
internal static class ExternalIdRules
{
    public static List<T> Find<T>(IReadOnlyCollection<string> externalIds, IEnumerable<T> all, Func<T, string?> externalId)
    {
        if (externalIds.Count == 0)
            return [];
        if (externalIds.Contains(""))
            throw ModelFailure.Invalid("an external_id is empty");
        var found = all.Where(one => externalId(one) is { } id && externalIds.Contains(id)).ToList();
        return found.Count > 0 ? found : throw ModelFailure.NotFound("no external_id is known");
    }
}
