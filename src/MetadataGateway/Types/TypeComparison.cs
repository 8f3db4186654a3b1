using MetadataGateway.Errors;
using MetadataGateway.Json;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Types;

/// <summary>
/// A declared type beside the stored one of its name and version. MLMD can add properties and nothing else: it refuses to retype one or to
/// change the base type, and ignores another description silently. A description or base type that is not declared is not compared.
/// </summary>
/// <param name="Conflicts">What can never be brought about.</param>
/// <param name="Additions">Properties that the stored type lacks.</param>
/// <param name="Omissions">Properties that only the stored type has.</param>
internal sealed record TypeComparison(
    IReadOnlyList<Fault> Conflicts, IReadOnlyDictionary<string, PropertyType> Additions, IReadOnlyDictionary<string, PropertyType> Omissions)
{
    public static TypeComparison Of(RegisteredType stored, TypeDeclaration declared) => new(
        [.. ConflictsOf(stored, declared)], Without(declared.Properties, stored.Properties), Without(stored.Properties, declared.Properties));

    /// <summary>All that makes the two different types.</summary>
    public IReadOnlyList<Fault> Differences =>
    [
        .. Conflicts,
        .. Additions.Keys.Select(name => new Fault(PathOf(name), "is not in the stored type. A PUT adds properties.")),
        .. Omissions.Select(property => new Fault(PathOf(property.Key), $"is in the stored type, as {EnumNames.Of(property.Value)}, but not in the request.")),
    ];

    public static string PathOf(string property) => JsonPath.Member("properties", property);

    private static IEnumerable<Fault> ConflictsOf(RegisteredType stored, TypeDeclaration declared)
    {
        if (declared.Description is not null && declared.Description != stored.Description)
        {
            yield return new Fault("description", "is another than that of the stored type, which MLMD cannot change.");
        }

        if (declared.BaseType is not null && declared.BaseType != stored.BaseType)
        {
            yield return new Fault("baseType", $"is {stored.BaseType ?? "null"} in the stored type and cannot be changed.");
        }

        foreach (var (name, type) in declared.Properties)
        {
            if (stored.Properties.TryGetValue(name, out var storedType) && storedType != type)
            {
                yield return new Fault(PathOf(name), $"is {EnumNames.Of(storedType)} in the stored type and cannot be changed to {EnumNames.Of(type)}.");
            }
        }
    }

    private static Dictionary<string, PropertyType> Without(
        IReadOnlyDictionary<string, PropertyType> properties, IReadOnlyDictionary<string, PropertyType> others) =>
        properties.Where(property => !others.ContainsKey(property.Key)).ToDictionary();
}
