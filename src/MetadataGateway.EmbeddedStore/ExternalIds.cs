using Google.Protobuf.Collections;

namespace MetadataGateway.EmbeddedStore;

/// <summary>MLMD's rules for all lookups by external ids, of nodes and of types.</summary>
internal static class ExternalIds
{
    public static List<TFound> Find<TFound>(RepeatedField<string> externalIds, string word, Func<IEnumerable<string>, List<TFound>> find)
    {
        if (externalIds.Count == 0)
            return [];
        if (externalIds.Contains(""))
            throw StoreStatus.InvalidArgument("external_ids holds an empty text.");
        var found = find(externalIds);
        return found.Count > 0 ? found : throw StoreStatus.NotFound($"No {word} has any of the external_ids '{string.Join("', '", externalIds)}'.");
    }
}
