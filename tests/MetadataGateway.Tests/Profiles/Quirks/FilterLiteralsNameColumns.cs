using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// String literals reach SQLite in double quotes: one that is a column's name is that column (D15). So is the name of a property, where the columns
/// are those of the table of properties: <c>name</c> then stands for any property.
/// </summary>
internal sealed class FilterLiteralsNameColumns : Quirk
{
    private static readonly string[] Numbers =
        ["id", "type_id", "state", "last_known_state", "create_time_since_epoch", "last_update_time_since_epoch"];

    private static readonly string[] OfProperties =
        ["artifact_id", "execution_id", "context_id", "is_custom_property", "int_value", "double_value", "string_value", "byte_value", "proto_value", "bool_value"];

    protected override async Task BeforeAsync(StoreCall call)
    {
        foreach (var slot in call.Filters)
        {
            string[] texts = slot.Kind == Artifact.Descriptor ? ["name", "uri", "external_id"] : ["name", "external_id"];
            var filter = FilterText.Rewrite(slot.Filter, (parts, index) => parts[index] switch
            {
                { IsText: true } part when Column(texts, part.Literal) is { } column => column,
                // A column of numbers equals no text that a test asks for, and no property is called what its own value is.
                { IsText: true } part when Column([.. Numbers, .. OfProperties], part.Literal) is not null => FilterText.Unmatched,
                { PropertyName: { } name } part when Column(OfProperties, name) is not null => part.WithProperty("\uE000"),
                _ => null,
            });
            var isAnyProperty = FilterText.Parts(filter).Any(part => IsName(part.PropertyName));
            IReadOnlyList<NodeMessage> stored = isAnyProperty ? await call.Store.AllAsync(slot.Kind) : [];
            var names = stored.SelectMany(node => node.Properties.Keys.Concat(node.CustomProperties.Keys)).Distinct(StringComparer.Ordinal).ToList();
            slot.Replace(await FilterVariants.AnyOfAsync(
                call.Store, slot.Kind, filter, name => IsName(name) ? names : [name]));
        }
    }

    private static bool IsName(string? property) => "name".Equals(property, StringComparison.OrdinalIgnoreCase);

    private static string? Column(string[] columns, string text) => Array.Find(columns, column => column.Equals(text, StringComparison.OrdinalIgnoreCase));
}
