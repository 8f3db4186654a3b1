using System.ComponentModel;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Json;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using MlMetadata;

namespace MetadataGateway.Types;

/// <summary>What a client says about a type.</summary>
internal abstract record NodeTypeRequest
{
    [Description("At most 255 bytes of UTF-8; slashes are fine. In a PUT as in the path, or left out."), RequiredToCreate]
    public string? Name { get; init; }

    [Description("At most 255 bytes of UTF-8; absent: the type without version. In a PUT as in the query, or left out.")]
    public string? Version { get; init; }

    [Description("Absent: none for a new type; a stored one keeps its own.")]
    public string? Description { get; init; }

    [Description("MLMD's simple type that it is based on. Artifact types: DATASET, MODEL, METRICS, STATISTICS; execution types: TRAIN, TRANSFORM, PROCESS, "
        + "EVALUATE, DEPLOY; context types: none. Absent: none for a new type; a stored one keeps its own.")]
    [OneOf("BaseType", "DATASET", "MODEL", "METRICS", "STATISTICS", "TRAIN", "TRANSFORM", "PROCESS", "EVALUATE", "DEPLOY")]
    public string? BaseType { get; init; }

    [Description("Declared properties: names and MLMD's types of values."), Members("PropertyType", "INT", "DOUBLE", "STRING", "STRUCT", "PROTO", "BOOLEAN")]
    public JsonObject? Properties { get; init; }

    /// <summary>After validation.</summary>
    public TypeDeclaration ToDeclaration(string name, string? version) => new(name, Given(version), (Properties ?? []).ToDictionary(
        property => property.Key,
        property => EnumNames.TryParse<PropertyType>((string?)property.Value ?? "", out var type) ? type : PropertyType.Unknown))
    {
        Description = Given(Description),
        BaseType = Given(BaseType),
    };

    protected static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

internal sealed class NodeTypeValidator<TRequest> : AbstractValidator<TRequest>
    where TRequest : NodeTypeRequest
{
    private static readonly string[] PropertyTypes =
        [.. Enum.GetValues<PropertyType>().Where(type => type != PropertyType.Unknown).Select(EnumNames.Of)];

    /// <param name="kind">Of the collection.</param>
    /// <param name="isNamed">Whether the body names the type; else the path does.</param>
    public NodeTypeValidator(TypeKind kind, bool isNamed)
    {
        if (isNamed)
        {
            RuleFor(request => request.Name).Custom((name, context) => AddFault(
                context, context.PropertyPath, string.IsNullOrEmpty(name) ? "'name' is required." : TextRules.TypeNameFault(name)));
            RuleFor(request => request.Version).Custom((version, context) => AddFault(context, context.PropertyPath, TextRules.TypeVersionFault(version ?? "")));
        }

        RuleFor(request => request.Description).MustBeStorable();
        RuleFor(request => request.BaseType).Custom((baseType, context) =>
        {
            if (!string.IsNullOrEmpty(baseType) && !kind.BaseTypes.Contains(baseType))
            {
                context.AddFailure(
                    kind.BaseTypes.Count == 0 ? $"must be left out: {kind.Word}s have no base types." : $"must be one of {string.Join(", ", kind.BaseTypes)}.");
            }
        });
        RuleFor(request => request.Properties).Custom((properties, context) =>
        {
            foreach (var (name, type) in properties ?? [])
            {
                var path = JsonPath.Member("properties", name);
                AddFault(context, path, TextRules.KeyFault(name) ?? TextRules.ControlCharacterFault(name));
                if (type?.GetValueKind() != System.Text.Json.JsonValueKind.String || !PropertyTypes.Contains((string?)type))
                {
                    context.AddFailure(path, $"must be one of {string.Join(", ", PropertyTypes)}.");
                }
            }
        });
    }

    private static void AddFault(ValidationContext<TRequest> context, string path, string? fault)
    {
        if (fault is not null)
        {
            context.AddFailure(path, fault);
        }
    }
}
