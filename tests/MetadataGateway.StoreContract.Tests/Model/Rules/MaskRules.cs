using Google.Protobuf.WellKnownTypes;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>What an update mask covers. Paths that name nothing are ignored.</summary>
internal sealed record MaskRules(IReadOnlyCollection<string> Paths)
{
    /// <summary>A mask without paths is none.</summary>
    public static MaskRules? From(FieldMask? mask) => mask is null || mask.Paths.Count == 0 ? null : new MaskRules(mask.Paths);

    public bool Covers(string field) => Paths.Contains(field);

    public bool CoversProperty(string name) => CoversEntry("properties", name);

    public bool CoversCustomProperty(string name) => CoversEntry("custom_properties", name);

    private bool CoversEntry(string map, string name) =>
        Paths.Contains(map)
        || Paths.Contains($"{map}.{name}")
        // MLMD looks at the beginning of a path only: 'propertiesX' is the property of that name.
        || (Paths.Contains(name)
            && name.StartsWith(map, StringComparison.Ordinal)
            && !name.StartsWith($"{map}.", StringComparison.Ordinal));
}
