using MetadataGateway.Adoption;
using MetadataGateway.Configuration;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.Http;
using MetadataGateway.MetadataStore;

namespace MetadataGateway.Tests.Configuration;

/// <summary>docs/configuration.md has every key, with its default.</summary>
public sealed class ConfigurationPageTests
{
    private static readonly Dictionary<string, string> Defaults = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Docs", "configuration.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[0].Trim('`'), cells => cells[1].Trim('`'));

    [Fact]
    public void Page_HasEveryKeyAndNoOther() =>
        Assert.Equal(KnownSettings.Keys.Order(), Defaults.Keys.Where(key => !key.StartsWith("--", StringComparison.Ordinal)).Order());

    [Theory]
    [InlineData(MetadataStoreOptions.SectionName, typeof(MetadataStoreOptions))]
    [InlineData(EmbeddedStoreOptions.SectionName, typeof(EmbeddedStoreOptions))]
    [InlineData(LimitsOptions.SectionName, typeof(LimitsOptions))]
    [InlineData(AdoptionOptions.SectionName, typeof(AdoptionOptions))]
    public void Page_HasTheDefaults(string section, Type options)
    {
        var defaults = Activator.CreateInstance(options);

        Assert.All(options.GetProperties().Where(property => property.SetMethod is not null), property =>
        {
            var value = Convert.ToString(property.GetValue(defaults), System.Globalization.CultureInfo.InvariantCulture)!;
            Assert.Equal(value.Length == 0 ? "empty" : value, Defaults[$"{section}:{property.Name}"], ignoreCase: true);
        });
    }
}
