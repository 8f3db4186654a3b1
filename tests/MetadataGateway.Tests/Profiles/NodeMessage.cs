using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>An artifact, execution or context: the three have the same fields for what quirks are about, but no interface in common.</summary>
internal sealed class NodeMessage(IMessage message)
{
    public IMessage Message => message;

    public MessageDescriptor Kind => message.Descriptor;

    public long? Id
    {
        get => (long?)Read("id");
        set => Write("id", value);
    }

    public long? TypeId
    {
        get => (long?)Read("type_id");
        set => Write("type_id", value);
    }

    public string? Name
    {
        get => (string?)Read("name");
        set => Write("name", value);
    }

    public string? ExternalId
    {
        get => (string?)Read("external_id");
        set => Write("external_id", value);
    }

    /// <summary>Unset for executions and contexts, too, which have none.</summary>
    public string? Uri => (string?)Read("uri");

    public string? Type => (string?)Read("type");

    public long CreateTime => (long?)Read("create_time_since_epoch") ?? 0;

    public long LastUpdateTime => (long?)Read("last_update_time_since_epoch") ?? 0;

    public MapField<string, Value> Properties => (MapField<string, Value>)Kind.FindFieldByName("properties").Accessor.GetValue(message);

    public MapField<string, Value> CustomProperties =>
        (MapField<string, Value>)Kind.FindFieldByName("custom_properties").Accessor.GetValue(message);

    private object? Read(string field) =>
        Kind.FindFieldByName(field)?.Accessor is { } accessor && accessor.HasValue(message) ? accessor.GetValue(message) : null;

    private void Write(string field, object? value)
    {
        var accessor = Kind.FindFieldByName(field).Accessor;
        if (value is null)
        {
            accessor.Clear(message);
        }
        else
        {
            accessor.SetValue(message, value);
        }
    }
}
