using Google.Protobuf;
using MetadataGateway.EmbeddedStore.Nodes;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Types;

/// <summary>
/// The fields of a type that not every read method of MLMD fills in (defect D7, docs/mlmd-compatibility.md). The store leaves out what
/// MLMD leaves out, so that clients see the same from both.
/// </summary>
[Flags]
internal enum TypeFields
{
    Plain = 0,
    ExternalId = 1,
    Signature = 2,
    BaseType = 4,
    All = ExternalId | Signature | BaseType,
}

/// <summary>A type as the database holds it, the same for the three kinds.</summary>
internal sealed record StoredType(
    long Id,
    string Name,
    string? Version,
    string? Description,
    string? ExternalId,
    string? InputType,
    string? OutputType,
    string? BaseType)
{
    private static readonly JsonParser SignatureParser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public Dictionary<string, PropertyType> Properties { get; } = [];

    public ArtifactType ToArtifactType(TypeFields fields)
    {
        var type = new ArtifactType { Id = Id, Name = Name, Properties = { Properties } };
        if (Version is not null)
            type.Version = Version;
        if (Description is not null)
            type.Description = Description;
        if (ExternalId is not null && fields.HasFlag(TypeFields.ExternalId))
            type.ExternalId = ExternalId;
        if (fields.HasFlag(TypeFields.BaseType) && SimpleTypes.NumberOf(NodeKind.Artifact, BaseType) is { } number)
            type.BaseType = (ArtifactType.Types.SystemDefinedBaseType)number;
        return type;
    }

    public ExecutionType ToExecutionType(TypeFields fields)
    {
        var type = new ExecutionType { Id = Id, Name = Name, Properties = { Properties } };
        if (Version is not null)
            type.Version = Version;
        if (Description is not null)
            type.Description = Description;
        if (ExternalId is not null && fields.HasFlag(TypeFields.ExternalId))
            type.ExternalId = ExternalId;
        if (fields.HasFlag(TypeFields.BaseType) && SimpleTypes.NumberOf(NodeKind.Execution, BaseType) is { } number)
            type.BaseType = (ExecutionType.Types.SystemDefinedBaseType)number;
        if (fields.HasFlag(TypeFields.Signature))
        {
            type.InputType = Signature(InputType);
            type.OutputType = Signature(OutputType);
        }
        return type;
    }

    public ContextType ToContextType(TypeFields fields)
    {
        var type = new ContextType { Id = Id, Name = Name, Properties = { Properties } };
        if (Version is not null)
            type.Version = Version;
        if (Description is not null)
            type.Description = Description;
        if (ExternalId is not null && fields.HasFlag(TypeFields.ExternalId))
            type.ExternalId = ExternalId;
        return type;
    }

    private ArtifactStructType? Signature(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            return SignatureParser.Parse<ArtifactStructType>(json);
        }
        catch (InvalidProtocolBufferException)
        {
            throw StoreStatus.Internal($"The stored input or output type of the execution type with id {Id} cannot be read.");
        }
    }
}
