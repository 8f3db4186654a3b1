using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>A type as somebody wants it. Absent version and the type without version are the same.</summary>
internal record TypeDeclaration(string Name, string? Version, IReadOnlyDictionary<string, PropertyType> Properties)
{
    public string? Description { get; init; }

    /// <summary>MLMD's enum name of the simple type that it is based on; null when it is based on none.</summary>
    public string? BaseType { get; init; }
}

/// <summary>A type as MLMD has it.</summary>
internal sealed record RegisteredType(long Id, string Name, string? Version, IReadOnlyDictionary<string, PropertyType> Properties)
    : TypeDeclaration(Name, Version, Properties);
