using MetadataGateway.Errors;

namespace MetadataGateway.Validation;

/// <summary>A name in a path that something is to be created under must be one that a create would take.</summary>
internal static class NamePath
{
    public static void Require(string name)
    {
        if (name.Length == 0 || TextRules.NameFault(name) is not null)
        {
            throw ProblemException.Invalid("name", name.Length == 0 ? "The name in the path is empty." : $"The name in the path {TextRules.NameFault(name)}");
        }
    }
}
