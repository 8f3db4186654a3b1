using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>Carries <see cref="MembersAttribute"/> and <see cref="OneOfAttribute"/> into the schemas, and says which response fields are always there.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo?.AttributeProvider is MemberInfo member)
        {
            DescribeProperty(schema, member);
        }

        if (context.JsonPropertyInfo is null && IsAnswer(context.JsonTypeInfo.Type) && schema.Properties is not null)
        {
            var always = context.JsonTypeInfo.Properties.Where(property => !IsLeftOutWhenNull(property.AttributeProvider)).Select(property => property.Name);
            schema.Required = new HashSet<string>(always.Where(schema.Properties.ContainsKey));
        }

        return Task.CompletedTask;
    }

    private static void DescribeProperty(OpenApiSchema schema, MemberInfo member)
    {
        if (member.GetCustomAttribute<MembersAttribute>() is { } members)
        {
            var isNullable = member is PropertyInfo property && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
            schema.Type = isNullable ? JsonSchemaType.Object | JsonSchemaType.Null : JsonSchemaType.Object;
            schema.AdditionalProperties = members.Type == "string" ? new OpenApiSchema { Type = JsonSchemaType.String } : new OpenApiSchema();
        }

        if (member.GetCustomAttribute<OneOfAttribute>() is { } oneOf)
        {
            schema.Enum = [.. oneOf.Values.Select(value => (JsonNode)value), null!];
        }
    }

    private static bool IsAnswer(Type type) =>
        type.Namespace?.StartsWith("MetadataGateway.", StringComparison.Ordinal) == true && !type.Name.EndsWith("Request", StringComparison.Ordinal);

    private static bool IsLeftOutWhenNull(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonIgnoreAttribute), true).Length > 0;
}
