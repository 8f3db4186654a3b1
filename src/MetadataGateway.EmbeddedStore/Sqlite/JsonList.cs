using System.Text.Json;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>
/// A list as one parameter: <c>IN (SELECT value FROM json_each(?))</c>. The text of the statement is then the same for lists of any
/// length, so it is prepared once and no list is too long.
/// </summary>
internal static class JsonList
{
    public static string Of(IEnumerable<long> ids) => $"[{string.Join(',', ids)}]";

    public static string Of(IEnumerable<string> texts) =>
        // No stored text holds a NUL, and SQLite would cut the sought one there and find what was not asked for.
        JsonSerializer.Serialize(texts.Where(text => !text.Contains('\0')));
}
