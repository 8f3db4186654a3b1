using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;

namespace MetadataGateway;

/// <summary>Defaults that everything else overrides: the working directory's appsettings.json, the environment and the command line.</summary>
internal static class ShippedDefaults
{
    public static void AddShippedDefaults(this WebApplicationBuilder builder)
    {
        var sources = builder.Configuration.Sources;
        // The file beside the program, wherever it is started from.
        sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json",
            Optional = true,
        });
        // Not in that file: read again as the working directory's, it would win over ASPNETCORE_URLS.
        sources.Insert(0, new MemoryConfigurationSource { InitialData = [new(WebHostDefaults.ServerUrlsKey, "http://localhost:8080")] });
    }
}
