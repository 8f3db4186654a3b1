using Grpc.Core;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// Property names and aliases in filters are put into lower case, so that a property with a capital never matches where names are compared
/// exactly, and two that differ in case only are taken for a mistake (D15).
/// </summary>
internal sealed class FilterNamesLoseTheirCase(bool storedNamesKeepIt) : Quirk
{
    protected override void Before(StoreCall call)
    {
        foreach (var slot in call.Filters)
        {
            var elements = FilterText.Parts(slot.Filter).Where(part => part.IsPath && part.Steps.Count > 1)
                .Select(part => string.Join('.', part.Steps.SkipLast(1))).Distinct(StringComparer.Ordinal).ToList();
            if (elements.Distinct(StringComparer.OrdinalIgnoreCase).Count() < elements.Count)
            {
                throw Failure(StatusCode.InvalidArgument, "Two names differ in case only.");
            }

            if (storedNamesKeepIt)
            {
                slot.Replace(FilterText.Rewrite(slot.Filter, (parts, index) =>
                    parts[index] is { PropertyName: { } name } part && name.Any(char.IsAsciiLetterUpper) ? part.WithProperty(name.ToLowerInvariant()) : null));
            }
        }
    }
}
