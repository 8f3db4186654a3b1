using System.Reflection;

namespace MetadataGateway.OpenApi;

/// <summary>
/// The build starts the gateway to write its OpenAPI document. That start must touch nothing: a gateway that serves on the same machine has the
/// port and the database file.
/// </summary>
internal static class DocumentGeneration
{
    // The name of the tool's entry assembly, by which ASP.NET Core's documentation tells to recognise it.
    private const string Tool = "GetDocument.Insider";

    public static void UseThrowAwayStoreWhenGeneratingDocuments(this WebApplicationBuilder builder)
    {
        if (Assembly.GetEntryAssembly()?.GetName().Name == Tool)
        {
            builder.Configuration.AddInMemoryCollection(
                [new("MetadataStore:Address", ""), new("EmbeddedStore:DatabasePath", ":memory:"), new("EmbeddedStore:GrpcUrl", "")]);
        }
    }
}
