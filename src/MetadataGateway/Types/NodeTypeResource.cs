using System.ComponentModel;
using System.Text.Json.Nodes;
using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.OpenApi;

namespace MetadataGateway.Types;

[Description("A type of artifacts, executions or contexts: its name and the properties that it declares.")]
internal sealed record NodeTypeResource : IResource
{
    [Description("MLMD's type id. Output only.")]
    public required string Id { get; init; }

    [Description("Name, compared with case; unique together with the version. Cannot be changed.")]
    public required string Name { get; init; }

    [Description("Null for the type without version. Cannot be changed.")]
    public required string? Version { get; init; }

    [Description("Cannot be changed.")]
    public required string? Description { get; init; }

    [Description("MLMD's simple type that it is based on; null when there is none, always for context types. Cannot be changed.")]
    public required string? BaseType { get; init; }

    [Description("Declared properties: names and MLMD's types of values (INT, DOUBLE, STRING, STRUCT, PROTO, BOOLEAN)."), Members("string")]
    public required JsonObject Properties { get; init; }

    [Description("Strong entity tag, the same as the ETag header. Output only.")]
    public string? Etag { get; set; }

    public static NodeTypeResource From(RegisteredType type) => EntityTag.Set(new NodeTypeResource
    {
        Id = ResourceId.Format(type.Id),
        Name = type.Name,
        Version = type.Version,
        Description = type.Description,
        BaseType = type.BaseType,
        // In an order of our own: MLMD's maps have none, and the entity tag must not depend on it.
        Properties = new JsonObject(type.Properties.OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Key, (JsonNode?)EnumNames.Of(property.Value)))),
    });
}
