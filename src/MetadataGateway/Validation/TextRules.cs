using System.Text;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Properties;

namespace MetadataGateway.Validation;

/// <summary>Rules for texts that MLMD stores: what its columns hold, and what it would misread.</summary>
internal static class TextRules
{
    /// <summary>MLMD over MySQL declares names and external ids as 255 bytes of UTF-8; the same limit holds everywhere.</summary>
    public const int MaxNameBytes = 255;

    /// <summary>What is wrong with a workspace's or run's name; null when nothing is.</summary>
    public static string? NameFault(string name)
    {
        if (name.EnumerateRunes().Count() > 200 || Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            return "must have at most 200 characters and 255 bytes of UTF-8.";
        }

        if (ControlCharacterFault(name) is { } fault)
        {
            return fault;
        }

        if (name is "." or ".." || char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]))
        {
            return "must not be '.' or '..', nor begin or end with a space.";
        }

        return TextFault(name);
    }

    /// <summary>What is wrong with the name of a property or type, or with an external id.</summary>
    public static string? KeyFault(string key)
    {
        if (key.Length == 0)
        {
            return "must not be empty.";
        }

        if (Encoding.UTF8.GetByteCount(key) > MaxNameBytes)
        {
            return "must have at most 255 bytes of UTF-8.";
        }

        return key.StartsWith(KubeflowPropertyNames.ReservedPrefix, StringComparison.Ordinal)
            ? $"must not begin with '{KubeflowPropertyNames.ReservedPrefix}', which is reserved."
            : TextFault(key);
    }

    /// <summary>What is wrong with the name of a type to be created.</summary>
    public static string? TypeNameFault(string name) =>
        name is "." or ".." ? "must not be '.' or '..', which no path can name." : KeyFault(name) ?? ControlCharacterFault(name);

    /// <summary>What is wrong with the version of a type to be created; empty is none.</summary>
    public static string? TypeVersionFault(string version) =>
        version.Length == 0 ? null : KeyFault(version) ?? ControlCharacterFault(version);

    public static string? ControlCharacterFault(string text) => text.Any(char.IsControl) ? "must not contain control characters." : null;

    /// <summary>What is wrong with the name of a property that a client sets.</summary>
    public static string? PropertyNameFault(string name) =>
        KubeflowPropertyNames.IsReserved(name) ? $"'{name}' is written by the gateway itself." : KeyFault(name);

    /// <summary>What is wrong with any text that MLMD is to keep.</summary>
    public static string? TextFault(string text) => MlmdText.Misreading(text);
}
