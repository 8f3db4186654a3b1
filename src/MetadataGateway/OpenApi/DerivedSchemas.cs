using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>
/// Turns the alternatives of a polymorphic type into schemas that are derived from it (allOf): generators of clients make a class and its subclasses
/// of these, but nothing useful of alternatives.
/// </summary>
internal static class DerivedSchemas
{
    // Generators give every open type a catch-all of that name, so the field of that name stays with the derived types, which may hide it.
    private const string CatchAll = "additionalProperties";

    public static void Derive(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var (name, schema) in schemas.ToList())
        {
            if (schema is OpenApiSchema { Discriminator: { PropertyName: { } kind, Mapping: { } mapping } } common)
            {
                Derive(document, name, common, kind, mapping.ToDictionary(entry => entry.Key, entry => entry.Value.Reference.Id!));
            }
        }
    }

    private static void Derive(OpenApiDocument document, string name, OpenApiSchema common, string kind, Dictionary<string, string> idOf)
    {
        var schemas = document.Components!.Schemas!;
        var variants = idOf.ToDictionary(entry => entry.Key, entry => (OpenApiSchema)schemas[entry.Value]);
        var first = variants.Values.First();
        var shared = first.Properties!.Keys.Where(property => property != kind && property != CatchAll && IsShared(property, variants.Values)).ToList();

        common.AnyOf = null;
        common.Type = JsonSchemaType.Object;
        common.Properties = new Dictionary<string, IOpenApiSchema> { [kind] = ChoiceSchema.In(document, "ArtifactKind", [.. variants.Keys]) };
        foreach (var property in shared)
        {
            common.Properties[property] = first.Properties[property];
        }

        common.Required = new[] { kind }.Concat(shared.Where(first.Required!.Contains)).ToHashSet();
        common.Discriminator!.Mapping = new Dictionary<string, OpenApiSchemaReference>();
        foreach (var (value, variant) in variants)
        {
            // The prefix tells nothing: it is the name of the base.
            var id = idOf[value];
            schemas.Remove(id);
            id = id.StartsWith(name, StringComparison.Ordinal) ? id[name.Length..] : id;
            schemas[id] = Derived(variant, new OpenApiSchemaReference(name, document), [kind, .. shared]);
            common.Discriminator.Mapping[value] = new OpenApiSchemaReference(id, document);
        }
    }

    // In all of them alike: there always, or there sometimes.
    private static bool IsShared(string property, IReadOnlyCollection<OpenApiSchema> variants) =>
        variants.All(variant => variant.Properties!.ContainsKey(property))
        && variants.Select(variant => variant.Required!.Contains(property)).Distinct().Count() == 1;

    private static OpenApiSchema Derived(OpenApiSchema variant, OpenApiSchemaReference common, IReadOnlyCollection<string> shared) => new()
    {
        Description = variant.Description,
        AllOf =
        [
            common,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = variant.Properties!.Where(property => !shared.Contains(property.Key)).ToDictionary(),
                Required = variant.Required!.Except(shared).ToHashSet(),
            },
        ],
    };
}
