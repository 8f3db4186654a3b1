using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using MlMetadata;
using Any = Google.Protobuf.WellKnownTypes.Any;
using Enum = System.Enum;

namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>
/// Fills requests at random, field by field as their descriptors tell, so that no field of no method is left out. Ids are placeholders,
/// see <see cref="Placeholders"/>.
/// </summary>
internal sealed class RandomRequest(Random random)
{
    // Lengths of lists, the likely ones more than once.
    private static readonly int[] Lengths = [0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 5];

    public IMessage Of(MessageDescriptor type)
    {
        var request = type.Parser.ParseFrom([]);
        Fill(request, parent: null);
        if (random.NextDouble() < 0.9)
            EventRepair.Repair(request);
        return request;
    }

    private void Fill(IMessage message, string? parent)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
            if (field.IsMap)
                FillMap((IDictionary)field.Accessor.GetValue(message), field);
            else if (field.IsRepeated)
                FillList((IList)field.Accessor.GetValue(message), message, field);
            else if (random.NextDouble() < FieldOdds.Of(parent, message.Descriptor.Name, field.Name))
                field.Accessor.SetValue(message, Single(message, field));
    }

    private void FillMap(IDictionary map, FieldDescriptor field)
    {
        var isOfTypes = field.MessageType.FindFieldByNumber(2).FieldType == FieldType.Enum;
        foreach (var (name, kind) in Pools.Properties)
            if (random.NextDouble() < (isOfTypes ? 0.9 : 0.15))
            {
                var valueKind = field.Name == "custom_properties" ? AnyKind() : UsualKind(kind);
                map.Add(name, isOfTypes ? valueKind : Pools.Value(random, valueKind));
            }
    }

    private void FillList(IList list, IMessage message, FieldDescriptor field)
    {
        for (var length = random.Pick(Lengths); length > 0; length--)
            list.Add(Single(message, field));
    }

    private object Single(IMessage message, FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Message(message, field),
        FieldType.Enum => Number(field.EnumType),
        FieldType.String => random.Pick(Pools.Texts(message.Descriptor.Name, field.Name)),
        FieldType.Bool => random.NextDouble() < (field.Name.StartsWith("can_", StringComparison.Ordinal) ? 0.9 : 0.5),
        FieldType.Int32 => (int)random.Pick(Pools.Numbers(field.Name)),
        FieldType.Int64 => Placeholders.IsId(message.Descriptor, field) ? Id() : random.Pick(Pools.Numbers(field.Name)),
        _ => throw new NotSupportedException($"There are no values for {message.Descriptor.Name}.{field.Name}."),
    };

    private IMessage Message(IMessage parent, FieldDescriptor field)
    {
        if (field.MessageType == ArtifactStructType.Descriptor)
            return Pools.Signature(random);
        if (field.MessageType == FieldMask.Descriptor)
            return new FieldMask { Paths = { Enumerable.Range(0, random.Pick(Lengths)).Select(_ => random.Pick(Pools.MaskPaths)) } };
        if (field.MessageType == Any.Descriptor)
            return Any.Pack(new BoolValue());
        if (field.MessageType == Event.Types.Path.Types.Step.Descriptor)
            return Step();
        var message = field.MessageType.Parser.ParseFrom([]);
        Fill(message, parent.Descriptor.Name);
        return message;
    }

    private Event.Types.Path.Types.Step Step() => random.Next(5) switch
    {
        0 => new Event.Types.Path.Types.Step(),
        < 3 => new Event.Types.Path.Types.Step { Index = random.Pick(Pools.Numbers("index")) },
        _ => new Event.Types.Path.Types.Step { Key = random.Pick(Pools.Texts("Step", "key")) },
    };

    private long Id() => random.NextDouble() < 0.98 ? random.Next(30) : -random.Next(1, Placeholders.Unknown + 1);

    /// <summary>0, which is often refused, less than others; now and then a number that the enum does not have.</summary>
    private object Number(EnumDescriptor type)
    {
        var number = random.Pick([.. type.Values]).Number;
        if (number == 0)
            number = random.Pick([.. type.Values]).Number;
        return Enum.ToObject(type.ClrType, random.NextDouble() < 0.01 ? 99 : number);
    }

    private PropertyType UsualKind(PropertyType kind) => random.NextDouble() < 0.997 ? kind : AnyKind();

    private PropertyType AnyKind() => random.Pick(Pools.Properties).Kind;
}
