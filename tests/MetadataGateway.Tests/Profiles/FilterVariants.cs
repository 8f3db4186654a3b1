using Google.Protobuf.Reflection;

namespace MetadataGateway.Tests.Profiles;

/// <summary>
/// A filter whose property names each stand for several: it is asked once with each, and the nodes found are asked for by id, as no filter says "any
/// property of these".
/// </summary>
internal static class FilterVariants
{
    public static async Task<string> AnyOfAsync(BackingStore store, MessageDescriptor kind, string filter, Func<string, IEnumerable<string>> namesFor)
    {
        var filters = new List<string> { filter };
        foreach (var name in FilterText.Parts(filter).Select(part => part.PropertyName).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            filters = [.. from known in filters
                          from other in namesFor(name).DefaultIfEmpty(name)
                          select other == name
                              ? known
                              : FilterText.Rewrite(known, (parts, index) => parts[index].PropertyName == name ? parts[index].WithProperty(other) : null)];
        }

        if (filters.Count == 1)
        {
            return filters[0];
        }

        var ids = new HashSet<long>();
        foreach (var variant in filters)
        {
            ids.UnionWith(await store.IdsAsync(kind, variant));
        }

        return $"id IN ({string.Join(", ", ids.DefaultIfEmpty(0))})";
    }
}
