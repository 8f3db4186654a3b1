using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MetadataGateway.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>Says in the schemas what the types alone do not: members, choices, times, what is always there and what only comes back.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    private const string OutputOnly = "Output only.";

    /// <summary>Free JSON objects stand where they are used: each property says itself what its members are.</summary>
    public static string? NameOf(JsonTypeInfo type) =>
        type.Type == typeof(JsonObject) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { AttributeProvider: PropertyInfo property })
        {
            DescribeProperty(schema, property, context.Document!);
        }

        if (schema.Properties is not null && IsRequest(context.JsonTypeInfo.Type))
        {
            // Unknown fields of a request are refused; answers may get more fields.
            schema.AdditionalPropertiesAllowed = false;
        }

        if (context.JsonPropertyInfo is null && schema.Properties is not null)
        {
            var always = context.JsonTypeInfo.Properties.Where(candidate => IsAlwaysThere(context.JsonTypeInfo.Type, candidate.AttributeProvider));
            schema.Required = always.Select(candidate => candidate.Name).Where(schema.Properties.ContainsKey).Concat(schema.Required ?? new HashSet<string>()).ToHashSet();
        }

        return Task.CompletedTask;
    }

    private static void DescribeProperty(OpenApiSchema schema, PropertyInfo property, OpenApiDocument document)
    {
        var isNullable = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        if (property.GetCustomAttribute<MembersAttribute>() is { } members)
        {
            schema.Type = OrNull(JsonSchemaType.Object, isNullable);
            schema.AdditionalProperties = members.Type switch
            {
                "string" => new OpenApiSchema { Type = JsonSchemaType.String },
                "string or null" => new OpenApiSchema { Type = OrNull(JsonSchemaType.String, isNullable: true) },
                "any" => new OpenApiSchema(),
                var name => ChoiceSchema.In(document, name, members.Choices),
            };
        }

        if (property.GetCustomAttribute<OneOfAttribute>() is { } oneOf)
        {
            schema.Type = null;
            schema.OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, ChoiceSchema.In(document, oneOf.Name, oneOf.Values)];
        }

        // The converter hides the type from the generator.
        if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTimeOffset))
        {
            schema.Type = OrNull(JsonSchemaType.String, isNullable);
            schema.Format = "date-time";
        }

        if (property.GetCustomAttribute<RequiredToCreateAttribute>() is not null || IsEntityTag(property))
        {
            schema.Type = JsonSchemaType.String;
        }

        schema.ReadOnly = schema.Description?.EndsWith(OutputOnly, StringComparison.Ordinal) == true;
    }

    // Null only until it is computed, which is before any answer.
    private static bool IsEntityTag(PropertyInfo property) =>
        property.Name == nameof(IResource.Etag) && typeof(IResource).IsAssignableFrom(property.DeclaringType);

    private static JsonSchemaType OrNull(JsonSchemaType type, bool isNullable) => isNullable ? type | JsonSchemaType.Null : type;

    // Answers have all their fields, but for those left out when null; a request may leave out whatever it need not give to create something.
    private static bool IsAlwaysThere(Type type, ICustomAttributeProvider? property)
    {
        if (IsRequest(type))
        {
            return type.Name.StartsWith("Create", StringComparison.Ordinal) && Has<RequiredToCreateAttribute>(property);
        }

        return type.Namespace?.StartsWith("MetadataGateway.", StringComparison.Ordinal) == true
            && !Has<System.Text.Json.Serialization.JsonIgnoreAttribute>(property);
    }

    private static bool IsRequest(Type type) => type.Name.EndsWith("Request", StringComparison.Ordinal);

    private static bool Has<TAttribute>(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(TAttribute), true).Length > 0;
}
