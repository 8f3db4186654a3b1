using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using MlMetadata;
using Value = MlMetadata.Value;

namespace MetadataGateway.Tests.Profiles;

/// <summary>Looks at everything in a message, whatever method it belongs to.</summary>
internal static class MessageWalk
{
    private static readonly ConcurrentDictionary<MessageDescriptor, HashSet<MessageDescriptor>> Contained = new();

    /// <summary>The message and all messages in it, depth first, in the order of fields.</summary>
    public static IReadOnlyList<IMessage> Messages(this IMessage message) => Collect(message, null);

    public static IReadOnlyList<NodeMessage> Nodes(this IMessage message) =>
        [.. Collect(message, [Artifact.Descriptor, Execution.Descriptor, Context.Descriptor]).Select(node => new NodeMessage(node))];

    public static IReadOnlyList<Value> Values(this IMessage message) => [.. Collect(message, [Value.Descriptor]).Cast<Value>()];

    /// <summary>All texts, keys of maps among them, but for what stands in a struct: that is stored in base64.</summary>
    public static IEnumerable<(FieldDescriptor Field, string Text)> Texts(this IMessage message) =>
        from owner in message.Messages().Where(inner => inner.Descriptor.File.Package == Artifact.Descriptor.File.Package || inner is Any)
        from field in owner.Descriptor.Fields.InDeclarationOrder()
        from text in TextsOf(owner, field)
        select (field, text);

    private static IEnumerable<string> TextsOf(IMessage owner, FieldDescriptor field) => field.Accessor.GetValue(owner) switch
    {
        string text when !field.HasPresence || field.Accessor.HasValue(owner) => [text],
        IDictionary map => map.Keys.OfType<string>().Concat(map.Values.OfType<string>()),
        IList list => list.OfType<string>(),
        _ => [],
    };

    // Goes down only where a wanted message can be: some answers have thousands of others.
    private static List<IMessage> Collect(IMessage message, MessageDescriptor[]? wanted)
    {
        var found = new List<IMessage>();
        Visit(message);
        return found;

        void Visit(IMessage current)
        {
            if (wanted is null || wanted.Contains(current.Descriptor))
            {
                found.Add(current);
            }

            foreach (var field in current.Descriptor.Fields.InDeclarationOrder())
            {
                if (TypeOf(field) is not { } type || (wanted is not null && !ContainedIn(type).Overlaps(wanted)))
                {
                    continue;
                }

                switch (field.Accessor.GetValue(current))
                {
                    case IMessage child:
                        Visit(child);
                        break;
                    case IDictionary map:
                        foreach (IMessage child in map.Values)
                        {
                            Visit(child);
                        }

                        break;
                    case IList list:
                        foreach (IMessage child in list)
                        {
                            Visit(child);
                        }

                        break;
                }
            }
        }
    }

    /// <summary>The type of messages that the field holds, be it a map of them; null for a field of something else.</summary>
    private static MessageDescriptor? TypeOf(FieldDescriptor field) => field.FieldType != FieldType.Message
        ? null
        : !field.IsMap ? field.MessageType : field.MessageType.FindFieldByNumber(2) is { FieldType: FieldType.Message } value ? value.MessageType : null;

    /// <summary>The type itself and all that can stand in messages of it.</summary>
    private static HashSet<MessageDescriptor> ContainedIn(MessageDescriptor type) => Contained.GetOrAdd(type, static start =>
    {
        var types = new HashSet<MessageDescriptor>();
        var left = new Stack<MessageDescriptor>([start]);
        while (left.TryPop(out var next))
        {
            if (types.Add(next))
            {
                foreach (var inner in next.Fields.InDeclarationOrder().Select(TypeOf).OfType<MessageDescriptor>())
                {
                    left.Push(inner);
                }
            }
        }

        return types;
    });
}
