namespace MetadataGateway.StoreContract.Tests.WireContract;

internal static class Fact
{
    public const string None = "none";

    /// <summary>All differences, in the order of what they are about.</summary>
    public static IReadOnlyList<string> Differences(IDictionary<string, string> expected, IDictionary<string, string> actual) =>
    [
        .. expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal).Select(about =>
                (expected.TryGetValue(about, out var wanted), actual.TryGetValue(about, out var got)) switch
                {
                    (true, true) when wanted == got => null,
                    (true, true) => $"{about}: should be \"{wanted}\", is \"{got}\"",
                    (true, false) => $"{about}: should be \"{wanted}\", is missing",
                    _ => $"{about}: should not be there, is \"{got}\"",
                })
            .OfType<string>(),
    ];
}
