using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>A choice of texts, once among the document's components, however many fields and parameters take it.</summary>
internal static class ChoiceSchema
{
    public static OpenApiSchemaReference In(OpenApiDocument document, string name, IReadOnlyList<string> values)
    {
        document.AddComponent(name, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)value)] });
        return new OpenApiSchemaReference(name, document);
    }

    /// <summary>Makes the choices in the other components references again: the generator writes them out when it takes a schema over.</summary>
    public static void Share(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        var nameOf = schemas.Where(entry => IsChoice(entry.Value)).ToDictionary(entry => Key(entry.Value), entry => entry.Key);
        foreach (var schema in schemas.Values.OfType<OpenApiSchema>().SelectMany(schema => schema.Properties?.Values ?? []).OfType<OpenApiSchema>())
        {
            schema.OneOf = schema.OneOf?.Select(Shared).ToList();
            schema.AdditionalProperties = schema.AdditionalProperties is { } members ? Shared(members) : null;
        }

        IOpenApiSchema Shared(IOpenApiSchema schema) => IsChoice(schema) ? new OpenApiSchemaReference(nameOf[Key(schema)], document) : schema;
    }

    private static bool IsChoice(IOpenApiSchema schema) => schema is OpenApiSchema { Enum.Count: > 0 };

    private static string Key(IOpenApiSchema schema) => string.Join(' ', schema.Enum!.Select(value => value.ToString()));
}
