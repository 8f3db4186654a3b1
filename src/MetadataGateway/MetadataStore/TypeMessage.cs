using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Reads and writes MLMD's messages of types. They have the same fields for all three kinds, but no interface in common, and not the same
/// numbers; so fields are found by name.
/// </summary>
internal sealed class TypeMessage(MessageDescriptor descriptor)
{
    private const string NoBaseType = "UNSET";
    private readonly FieldDescriptor _baseType = descriptor.FindFieldByName("base_type");

    public IReadOnlyList<string> BaseTypes =>
        [.. _baseType.EnumType.Values.Select(value => value.Name).Where(name => name != NoBaseType)];

    public RegisteredType Read(IMessage message) => new(
        (long)Field("id").GetValue(message), Text(message, "name") ?? "", Text(message, "version"), new Dictionary<string, PropertyType>(Properties(message)))
    {
        Description = Text(message, "description"),
        BaseType = _baseType.Accessor.HasValue(message) ? NameOf(_baseType.Accessor.GetValue(message)) : null,
    };

    public IMessage Write(TypeDeclaration type)
    {
        var message = descriptor.Parser.ParseFrom(ByteString.Empty);
        SetText(message, "name", type.Name);
        SetText(message, "version", type.Version);
        SetText(message, "description", type.Description);
        if (type.BaseType is { } baseType)
        {
            _baseType.Accessor.SetValue(message, Enum.ToObject(_baseType.EnumType.ClrType, _baseType.EnumType.FindValueByName(baseType).Number));
        }

        foreach (var (name, propertyType) in type.Properties)
        {
            Properties(message)[name] = propertyType;
        }

        return message;
    }

    private string? NameOf(object baseType) =>
        _baseType.EnumType.FindValueByNumber((int)baseType) is { Name: not NoBaseType } value ? value.Name : null;

    private MapField<string, PropertyType> Properties(IMessage message) => (MapField<string, PropertyType>)Field("properties").GetValue(message);

    private string? Text(IMessage message, string name) => Field(name).GetValue(message) is string { Length: > 0 } text ? text : null;

    // Unset and empty are not the same to MLMD everywhere.
    private void SetText(IMessage message, string name, string? text)
    {
        if (text is not null)
        {
            Field(name).SetValue(message, text);
        }
    }

    private IFieldAccessor Field(string name) => descriptor.FindFieldByName(name).Accessor;
}
