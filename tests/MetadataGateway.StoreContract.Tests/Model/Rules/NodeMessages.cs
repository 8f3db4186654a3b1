using System.Collections.Immutable;
using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

internal static class NodeMessages
{
    // Enum numbers that MLMD does not know count as unset.
    public static ModelNode Read(this Artifact node) => new(
        ModelKind.Artifact, node.HasId ? node.Id : null, node.HasTypeId ? node.TypeId : null)
    {
        TypeName = node.HasType ? node.Type : null,
        Name = node.HasName ? node.Name : null,
        ExternalId = node.HasExternalId ? node.ExternalId : null,
        Uri = node.HasUri ? node.Uri : null,
        State = node.HasState && Enum.IsDefined(node.State) ? (int)node.State : null,
        Properties = node.Properties.ToImmutableSortedDictionary(StringComparer.Ordinal),
        CustomProperties = node.CustomProperties.ToImmutableSortedDictionary(StringComparer.Ordinal),
        LastUpdateTime = node.LastUpdateTimeSinceEpoch,
        HasSystemMetadata = node.SystemMetadata is not null,
    };

    public static ModelNode Read(this Execution node) => new(
        ModelKind.Execution, node.HasId ? node.Id : null, node.HasTypeId ? node.TypeId : null)
    {
        TypeName = node.HasType ? node.Type : null,
        Name = node.HasName ? node.Name : null,
        ExternalId = node.HasExternalId ? node.ExternalId : null,
        State = node.HasLastKnownState && Enum.IsDefined(node.LastKnownState) ? (int)node.LastKnownState : null,
        Properties = node.Properties.ToImmutableSortedDictionary(StringComparer.Ordinal),
        CustomProperties = node.CustomProperties.ToImmutableSortedDictionary(StringComparer.Ordinal),
        LastUpdateTime = node.LastUpdateTimeSinceEpoch,
        HasSystemMetadata = node.SystemMetadata is not null,
    };

    public static ModelNode Read(this Context node) => new(
        ModelKind.Context, node.HasId ? node.Id : null, node.HasTypeId ? node.TypeId : null)
    {
        TypeName = node.HasType ? node.Type : null,
        Name = node.HasName ? node.Name : null,
        ExternalId = node.HasExternalId ? node.ExternalId : null,
        Properties = node.Properties.ToImmutableSortedDictionary(StringComparer.Ordinal),
        CustomProperties = node.CustomProperties.ToImmutableSortedDictionary(StringComparer.Ordinal),
        LastUpdateTime = node.LastUpdateTimeSinceEpoch,
        HasSystemMetadata = node.SystemMetadata is not null,
    };

    public static Artifact ToArtifact(this ModelNode node, ModelData data)
    {
        var message = Fill(new Artifact { Uri = node.Uri! }, node, data);
        if (node.State is { } state)
            message.State = (Artifact.Types.State)state;
        return message;
    }

    public static Execution ToExecution(this ModelNode node, ModelData data)
    {
        var message = Fill(new Execution(), node, data);
        if (node.State is { } state)
            message.LastKnownState = (Execution.Types.State)state;
        return message;
    }

    public static Context ToContext(this ModelNode node, ModelData data) => Fill(new Context(), node, data);

    /// <summary>The fields that the three messages have in common, by their names.</summary>
    private static TMessage Fill<TMessage>(TMessage message, ModelNode node, ModelData data)
        where TMessage : IMessage
    {
        void Set(string field, object? value)
        {
            if (value is not null)
                message.Descriptor.FindFieldByName(field).Accessor.SetValue(message, value);
        }

        void SetAll(string field, ImmutableSortedDictionary<string, Value> values)
        {
            var map = (System.Collections.IDictionary)message.Descriptor.FindFieldByName(field).Accessor.GetValue(message);
            foreach (var (name, value) in values)
                map.Add(name, value);
        }

        Set("id", node.Id);
        Set("type_id", node.TypeId);
        Set("type", data.Type(node.Kind, node.TypeId!.Value)!.Name);
        Set("name", node.Name);
        Set("external_id", node.ExternalId);
        Set("create_time_since_epoch", node.CreateTime);
        Set("last_update_time_since_epoch", node.LastUpdateTime);
        SetAll("properties", node.Properties);
        SetAll("custom_properties", node.CustomProperties);
        return message;
    }
}
