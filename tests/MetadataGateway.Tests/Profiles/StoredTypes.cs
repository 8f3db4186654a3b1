using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>A type of any kind.</summary>
internal sealed class TypeView(IMessage message)
{
    public MessageDescriptor Kind => message.Descriptor;

    public long Id => (long)Kind.FindFieldByName("id").Accessor.GetValue(message);

    public string Name => (string)Kind.FindFieldByName("name").Accessor.GetValue(message);

    /// <summary>Empty for a type without version.</summary>
    public string Version => (string)Kind.FindFieldByName("version").Accessor.GetValue(message);

    public string? ExternalId => Kind.FindFieldByName("external_id").Accessor is { } accessor && accessor.HasValue(message)
        ? (string)accessor.GetValue(message) : null;

    public MapField<string, PropertyType> Properties => (MapField<string, PropertyType>)Kind.FindFieldByName("properties").Accessor.GetValue(message);
}

internal static class StoredTypes
{
    // Lists leave out the simple types, which have the first ids.
    private const int SimpleTypes = 9;

    public static bool IsType(IMessage message) => message is ArtifactType or ExecutionType or ContextType;

    /// <summary>All types of all kinds by ascending id, with their external ids.</summary>
    public static async Task<IReadOnlyList<TypeView>> ReadAsync(BackingStore store)
    {
        var last = new[] { SimpleTypes }.Concat(
            from message in new IMessage[]
            {
                await store.Client.GetArtifactTypesAsync(new()), await store.Client.GetExecutionTypesAsync(new()),
                await store.Client.GetContextTypesAsync(new()),
            }
            from type in message.Messages().Where(IsType)
            select (int)new TypeView(type).Id).Max();
        var ids = Enumerable.Range(1, last).Select(id => (long)id).ToList();
        IMessage[] answers =
        [
            await store.Client.GetArtifactTypesByIDAsync(new() { TypeIds = { ids } }),
            await store.Client.GetExecutionTypesByIDAsync(new() { TypeIds = { ids } }),
            await store.Client.GetContextTypesByIDAsync(new() { TypeIds = { ids } }),
        ];
        return [.. answers.SelectMany(answer => answer.Messages()).Where(IsType).Select(type => new TypeView(type)).OrderBy(type => type.Id)];
    }
}
