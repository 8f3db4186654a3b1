using System.ComponentModel;
using MetadataGateway.Errors;
using MetadataGateway.MetadataStore;
using Microsoft.AspNetCore.Mvc;

namespace MetadataGateway.Types;

/// <summary>What names a type in a request: the name in the path, slashes and all, and the version in the query.</summary>
internal sealed class NodeTypePath
{
    [FromRoute(Name = "name")]
    public required string Name { get; init; }

    [FromQuery(Name = "version"), Description("Version of the type; absent or empty: the type without version.")]
    public string? VersionText { get; init; }

    public string? Version => string.IsNullOrEmpty(VersionText) ? null : VersionText;

    public ProblemException NotFound(TypeKind kind)
    {
        var word = string.Concat(char.ToUpperInvariant(kind.Word[0]), kind.Word[1..]);
        return ProblemException.NotFound(Version is null ? $"{word} '{Name}' without version" : $"{word} '{Name}' with version '{Version}'");
    }
}
