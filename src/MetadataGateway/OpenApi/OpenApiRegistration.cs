using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c>, made from the routes, and Swagger UI over it, which needs no other host.</summary>
internal static class OpenApiRegistration
{
    private const string DocumentName = "v1";

    public static IServiceCollection AddGatewayOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(DocumentName, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = SchemaTransformer.NameOf;
            options.AddDocumentTransformer<DocumentTransformer>();
            options.AddOperationTransformer<OperationTransformer>();
            options.AddSchemaTransformer<SchemaTransformer>();
        });

    public static WebApplication MapGatewayOpenApi(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint($"/openapi/{DocumentName}.json", "Metadata Gateway v1");
            options.DocumentTitle = "Metadata Gateway";
            options.EnableTryItOutByDefault();
            options.DisplayRequestDuration();
            // Left out, Swagger UI shows a badge that it fetches from a validator on the internet.
            options.EnableValidator("none");
        });
        return app;
    }
}
