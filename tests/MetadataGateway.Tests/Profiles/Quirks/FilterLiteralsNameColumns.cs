using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>String literals reach SQLite in double quotes: one that is a column's name is that column, and so is a property's name (D15).</summary>
internal sealed class FilterLiteralsNameColumns : Quirk
{
    private static readonly string[] Numbers =
        ["id", "type_id", "state", "last_known_state", "create_time_since_epoch", "last_update_time_since_epoch"];

    protected override void Before(StoreCall call)
    {
        foreach (var slot in call.Filters)
        {
            string[] texts = slot.Kind == Artifact.Descriptor ? ["name", "uri", "external_id"] : ["name", "external_id"];
            slot.Replace(FilterText.Rewrite(slot.Filter, (parts, index) => parts[index] switch
            {
                { IsText: true } part when Column(texts, part.Literal) is { } column => column,
                // A column of numbers equals no text that a test asks for.
                { IsText: true } part when Column(Numbers, part.Literal) is not null => FilterText.Unmatched,
                { PropertyName: { } name } part when Column([.. texts, .. Numbers], name) is not null => part.WithProperty("\uE000"),
                _ => null,
            }));
        }
    }

    private static string? Column(string[] columns, string text) => Array.Find(columns, column => column.Equals(text, StringComparison.OrdinalIgnoreCase));
}
