namespace MetadataGateway.EmbeddedStore;

/// <summary>
/// Texts that MLMD would read back as something else. It cuts a text at its first NUL and takes its NULL marker in any column for NULL
/// (defect D6, docs/mlmd-compatibility.md); a client that gets an error can react, one whose text has silently changed cannot.
/// </summary>
internal static class StoredText
{
    /// <summary>What MLMD puts for NULL where its database interface knows only texts.</summary>
    public const string NullMarker = "__MLMD_NULL__";

    /// <summary>Begins every STRUCT value in <c>string_value</c>.</summary>
    public const string StructPrefix = "mlmd-struct::";

    /// <summary>Refuses such a text. Called before a statement is prepared, so that a refusal leaves none half bound.</summary>
    public static void Check(string? value, string field)
    {
        if (value is null)
            return;
        if (value.Contains('\0'))
            throw StoreStatus.InvalidArgument($"{field} holds a NUL character.");
        if (value == NullMarker)
            throw StoreStatus.InvalidArgument($"{field} is {NullMarker}, which MLMD reads as no value.");
    }

    /// <summary>A stored text as MLMD reads it.</summary>
    public static string? Read(string? value) => value == NullMarker ? null : value;
}
