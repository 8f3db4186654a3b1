using Google.Protobuf.WellKnownTypes;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>
/// Which parts of a node an update touches. Paths are one level deep; a property's name is everything after the first dot, dots
/// included, without quoting. Paths that name nothing are ignored.
/// </summary>
internal sealed class UpdateMask
{
    private UpdateMask(IEnumerable<string> paths)
    {
        Fields = paths.ToHashSet();
        Properties = new MapMask("properties", Fields);
        CustomProperties = new MapMask("custom_properties", Fields);
    }

    public IReadOnlySet<string> Fields { get; }

    public MapMask Properties { get; }

    public MapMask CustomProperties { get; }

    /// <summary>Null, for an update of everything, if there is no mask or no path in it.</summary>
    public static UpdateMask? From(FieldMask? mask) => mask is null or { Paths.Count: 0 } ? null : new UpdateMask(mask.Paths);

    /// <summary>The part of a mask that concerns one of the two property maps.</summary>
    internal sealed class MapMask(string map, IReadOnlySet<string> paths)
    {
        private readonly bool all = paths.Contains(map);

        // MLMD tells the paths of a map by their beginning alone: 'propertiesX' is to it the property of that name.
        private readonly HashSet<string> names =
            [.. paths
                .Where(path => path.StartsWith(map, StringComparison.Ordinal))
                .Select(path => path.StartsWith(map + '.', StringComparison.Ordinal) ? path[(map.Length + 1)..] : path)];

        public bool Covers(string name) => all || names.Contains(name);
    }
}
