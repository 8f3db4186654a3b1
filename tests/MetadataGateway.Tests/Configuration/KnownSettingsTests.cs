using MetadataGateway.Configuration;
using Microsoft.Extensions.Configuration;

namespace MetadataGateway.Tests.Configuration;

public sealed class KnownSettingsTests
{
    [Theory]
    [InlineData("MetadataStore:Adress", "MetadataStore:Address")]
    [InlineData("metadatastore:dead-line", "metadatastore:Deadline")]
    [InlineData("EmbeddedStore:Path", null)]
    [InlineData("Limits:ScanBudgets", "Limits:ScanBudget")]
    [InlineData("MetadataStores:Address", "MetadataStore")]
    [InlineData("Limit:RequestBody", "Limits")]
    public void FindUnknown_MisspeltKey_IsToldWithWhatWasMeant(string key, string? meant)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, "x")]).Build();

        var unknown = Assert.Single(KnownSettings.FindUnknown(configuration));

        Assert.StartsWith(unknown.Key, key, StringComparison.Ordinal);
        Assert.Equal(meant, unknown.Meant);
    }

    [Theory]
    [InlineData("METADATASTORE:ADDRESS")]
    [InlineData("EmbeddedStore:Kestrel:Certificates:Default:Path")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("LIMITS_PORT")]
    [InlineData("PATH")]
    public void FindUnknown_KnownOrForeignKey_IsNotTold(string key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, "x")]).Build();

        Assert.Empty(KnownSettings.FindUnknown(configuration));
    }
}
