namespace MetadataGateway.Properties;

/// <summary>
/// Strings that MLMD takes on write and does not give back: it keeps structs and NULL in the same text column as strings and
/// tells them apart by their beginning, and it cuts a string at its first NUL (defect D6 (docs/mlmd-compatibility.md)).
/// </summary>
internal static class MlmdText
{
    private const string StructPrefix = "mlmd-struct::";
    private const string NullText = "__MLMD_NULL__";

    /// <summary>Why MLMD would misread the text, as a sentence for the API's user; null when it keeps it.</summary>
    public static string? Misreading(string text)
    {
        if (text.StartsWith(StructPrefix, StringComparison.Ordinal))
            return $"A text that begins with '{StructPrefix}' cannot be stored: MLMD reads it back as a struct.";
        if (text == NullText)
            return $"The text '{NullText}' cannot be stored: MLMD reads it back as no value.";
        if (text.Contains('\0'))
            return "A text with the character U+0000 cannot be stored: MLMD cuts it there.";
        return null;
    }
}
