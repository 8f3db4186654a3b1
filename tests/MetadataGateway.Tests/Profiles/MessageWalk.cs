using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.Tests.Profiles;

/// <summary>Looks at everything in a message, whatever method it belongs to.</summary>
internal static class MessageWalk
{
    /// <summary>The message and all messages in it, depth first, in the order of fields.</summary>
    public static IEnumerable<IMessage> Messages(this IMessage message)
    {
        yield return message;
        foreach (var inner in Children(message).SelectMany(Messages))
        {
            yield return inner;
        }
    }

    public static IReadOnlyList<NodeMessage> Nodes(this IMessage message) =>
        [.. message.Messages().Where(inner => inner is Artifact or Execution or Context).Select(node => new NodeMessage(node))];

    public static IReadOnlyList<Value> Values(this IMessage message) => [.. message.Messages().OfType<Value>()];

    /// <summary>All texts, keys of maps among them, but for what stands in a struct: that is stored in base64.</summary>
    public static IEnumerable<(IMessage Owner, FieldDescriptor Field, string Text)> Texts(this IMessage message) =>
        from owner in message.Messages().Where(inner => inner.Descriptor.File.Package == Artifact.Descriptor.File.Package || inner is Any)
        from field in owner.Descriptor.Fields.InDeclarationOrder()
        from text in TextsOf(owner, field)
        select (owner, field, text);

    private static IEnumerable<string> TextsOf(IMessage owner, FieldDescriptor field) => field.Accessor.GetValue(owner) switch
    {
        string text when !field.HasPresence || field.Accessor.HasValue(owner) => [text],
        IDictionary map => map.Keys.OfType<string>().Concat(map.Values.OfType<string>()),
        IList list => list.OfType<string>(),
        _ => [],
    };

    private static List<IMessage> Children(IMessage message) =>
        [.. message.Descriptor.Fields.InDeclarationOrder().SelectMany(field => field.Accessor.GetValue(message) switch
        {
            IMessage child => [child],
            IDictionary map => map.Values.OfType<IMessage>(),
            IList list => list.OfType<IMessage>(),
            _ => Enumerable.Empty<IMessage>(),
        })];
}
