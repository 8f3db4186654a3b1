namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>Escapes in filters' string literals mean nothing to SQLite and PostgreSQL: such a literal equals nothing, and is like nothing (D15).</summary>
internal sealed class FilterEscapesNeverMatch : Quirk
{
    protected override void Before(StoreCall call)
    {
        foreach (var slot in call.Filters)
        {
            slot.Replace(FilterText.Rewrite(slot.Filter, (parts, index) =>
                parts[index].IsText && parts[index].Text.AsSpan().ContainsAny('\\', '\n', '\r') ? FilterText.Unmatched : null));
        }
    }
}
