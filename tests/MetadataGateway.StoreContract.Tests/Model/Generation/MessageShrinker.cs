using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>Simpler variants of a request: with one element, entry or field less, or with a smaller number.</summary>
internal static class MessageShrinker
{
    public static IEnumerable<IMessage> Shrink(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var variants = field switch
            {
                { IsMap: true } => ShrinkMap(message, field),
                { IsRepeated: true } => ShrinkList(message, field),
                _ => field.Accessor.HasValue(message) ? ShrinkSingle(message, field) : [],
            };
            foreach (var variant in variants)
                yield return variant;
        }
    }

    private static IEnumerable<IMessage> ShrinkMap(IMessage message, FieldDescriptor field) =>
        ((IDictionary)field.Accessor.GetValue(message)).Keys.Cast<object>().ToList()
            .Select(key => Changed(message, copy => ((IDictionary)field.Accessor.GetValue(copy)).Remove(key)));

    private static IEnumerable<IMessage> ShrinkList(IMessage message, FieldDescriptor field)
    {
        var list = (IList)field.Accessor.GetValue(message);
        if (list.Count > 1)
            yield return Changed(message, field.Accessor.Clear);
        for (var index = 0; index < list.Count; index++)
        {
            var place = index;
            yield return Changed(message, copy => ((IList)field.Accessor.GetValue(copy)).RemoveAt(place));
            foreach (var smaller in ShrinkValue(list[place]!))
                yield return Changed(message, copy => ((IList)field.Accessor.GetValue(copy))[place] = smaller);
        }
    }

    private static IEnumerable<IMessage> ShrinkSingle(IMessage message, FieldDescriptor field)
    {
        yield return Changed(message, field.Accessor.Clear);
        foreach (var smaller in ShrinkValue(field.Accessor.GetValue(message)))
            yield return Changed(message, copy => field.Accessor.SetValue(copy, smaller));
    }

    private static IEnumerable<object> ShrinkValue(object value) => value switch
    {
        Any => [],
        IMessage inner => Shrink(inner),
        > 0L => [0L, (long)value / 2],
        > 1 => [1],
        _ => [],
    };

    private static IMessage Changed(IMessage message, Action<IMessage> change)
    {
        var copy = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        change(copy);
        return copy;
    }
}
