using System.Collections.Immutable;
using Google.Protobuf.Collections;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>Which fields of a type an answer holds beside id, name, version, description and properties: MLMD's methods differ.</summary>
internal sealed record TypeAnswer(bool ExternalId, bool Signature, bool BaseType)
{
    public static readonly TypeAnswer Whole = new(true, true, true);
    public static readonly TypeAnswer InList = new(false, true, true);
    public static readonly TypeAnswer ByExternalId = new(true, false, false);
}

internal static class TypeMessages
{
    // A missing type is a type without a name; enum numbers that MLMD does not know count as unset.
    public static GivenType Read(ArtifactType? given)
    {
        var type = given ?? new ArtifactType();
        return new GivenType(
            new ModelType(0, ModelKind.Artifact, type.Name, NullIfEmpty(type.Version))
            {
                Description = type.HasDescription ? type.Description : null,
                ExternalId = type.HasExternalId ? type.ExternalId : null,
                Properties = Known(type.Properties),
            },
            type.HasBaseType && Enum.IsDefined(type.BaseType) ? type.BaseType.ToString().ToUpperInvariant() : null);
    }

    public static GivenType Read(ExecutionType? given)
    {
        var type = given ?? new ExecutionType();
        return new GivenType(
            new ModelType(0, ModelKind.Execution, type.Name, NullIfEmpty(type.Version))
            {
                Description = type.HasDescription ? type.Description : null,
                ExternalId = type.HasExternalId ? type.ExternalId : null,
                Properties = Known(type.Properties),
                InputType = type.InputType,
                OutputType = type.OutputType,
            },
            type.HasBaseType && Enum.IsDefined(type.BaseType) ? type.BaseType.ToString().ToUpperInvariant() : null);
    }

    public static GivenType Read(ContextType? given)
    {
        var type = given ?? new ContextType();
        return new GivenType(
            new ModelType(0, ModelKind.Context, type.Name, NullIfEmpty(type.Version))
            {
                Description = type.HasDescription ? type.Description : null,
                ExternalId = type.HasExternalId ? type.ExternalId : null,
                Properties = Known(type.Properties),
            },
            type.HasBaseType && Enum.IsDefined(type.BaseType) ? type.BaseType.ToString().ToUpperInvariant() : null);
    }

    public static ArtifactType ToArtifactType(this ModelType type, ModelData data, TypeAnswer answer)
    {
        var message = new ArtifactType { Id = type.Id, Name = type.Name, Properties = { type.Properties } };
        if (type.Version is not null)
            message.Version = type.Version;
        if (type.Description is not null)
            message.Description = type.Description;
        if (answer.ExternalId && type.ExternalId is not null)
            message.ExternalId = type.ExternalId;
        if (answer.BaseType && type.BaseId is { } baseId)
            message.BaseType = Enum.Parse<ArtifactType.Types.SystemDefinedBaseType>(data.Type(type.Kind, baseId)!.Name["mlmd.".Length..]);
        return message;
    }

    public static ExecutionType ToExecutionType(this ModelType type, ModelData data, TypeAnswer answer)
    {
        var message = new ExecutionType { Id = type.Id, Name = type.Name, Properties = { type.Properties } };
        if (type.Version is not null)
            message.Version = type.Version;
        if (type.Description is not null)
            message.Description = type.Description;
        if (answer.ExternalId && type.ExternalId is not null)
            message.ExternalId = type.ExternalId;
        if (answer.BaseType && type.BaseId is { } baseId)
            message.BaseType = Enum.Parse<ExecutionType.Types.SystemDefinedBaseType>(data.Type(type.Kind, baseId)!.Name["mlmd.".Length..]);
        if (answer.Signature)
        {
            message.InputType = type.InputType;
            message.OutputType = type.OutputType;
        }
        return message;
    }

    public static ContextType ToContextType(this ModelType type, TypeAnswer answer)
    {
        var message = new ContextType { Id = type.Id, Name = type.Name, Properties = { type.Properties } };
        if (type.Version is not null)
            message.Version = type.Version;
        if (type.Description is not null)
            message.Description = type.Description;
        if (answer.ExternalId && type.ExternalId is not null)
            message.ExternalId = type.ExternalId;
        return message;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static ImmutableSortedDictionary<string, PropertyType> Known(MapField<string, PropertyType> properties) =>
        properties.Where(property => Enum.IsDefined(property.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
