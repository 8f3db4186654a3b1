using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using MetadataGateway.StoreContract.Tests.Model.Rules;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>
/// A random request is written before it is known what there will be when it is sent. So its ids are the places, from 0, of what exists
/// by then, counted round; those below 0 stand for ids that do not exist. Shorter sequences and requests thus stay meaningful.
/// </summary>
internal sealed class Placeholders(ModelData data)
{
    /// <summary>How many different placeholders of unknown ids there are.</summary>
    public const int Unknown = 4;

    /// <summary>As the <c>type</c> of a node with an id: what the request leaves out is to be as it is stored.</summary>
    public const string AsStored = "as stored";

    /// <summary>As the <c>type</c> of a node with an id: all is to be as it is stored, but for what is never stored.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>As a page token: the one that came with the first page of a list before.</summary>
    public const string LastToken = "last token";

    public static bool IsId(MessageDescriptor message, FieldDescriptor field) =>
        field.FieldType == FieldType.Int64 && (field.Name == "id" || IsTypeId(field) || KindOf(message, field) is not null);

    public IMessage Resolve(IMessage request)
    {
        var resolved = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
        ResolveIn(resolved);
        return resolved;
    }

    private void ResolveIn(IMessage message)
    {
        var isNode = message is Artifact or Execution or Context;
        if (isNode)
            ResolveNode(message);
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsMap)
                continue;
            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                for (var index = 0; index < list.Count; index++)
                    if (list[index] is IMessage element)
                        ResolveIn(element);
                    else if (list[index] is long place)
                        list[index] = Id(message.Descriptor, field, place);
            }
            else if (field.Accessor.GetValue(message) is IMessage inner)
                ResolveIn(inner);
            else if (!isNode && IsId(message.Descriptor, field) && field.Accessor.HasValue(message))
                field.Accessor.SetValue(message, Id(message.Descriptor, field, (long)field.Accessor.GetValue(message)));
        }
    }

    /// <summary>A node with an id is mostly one that is stored; the first has to be a new one.</summary>
    private void ResolveNode(IMessage node)
    {
        var kind = Enum.Parse<ModelKind>(node.Descriptor.Name);
        var (id, typeId, type, time) = (Field("id"), Field("type_id"), Field("type"), Field("last_update_time_since_epoch"));
        FieldDescriptor Field(string name) => node.Descriptor.FindFieldByName(name);

        ModelNode? stored = null;
        if (id.Accessor.HasValue(node))
        {
            var place = (long)id.Accessor.GetValue(node);
            if (place >= 0 && data.Nodes[kind].Count == 0)
                id.Accessor.Clear(node);
            else
            {
                id.Accessor.SetValue(node, Id(node.Descriptor, id, place));
                stored = data.Node(kind, (long)id.Accessor.GetValue(node));
            }
        }
        if (typeId.Accessor.HasValue(node))
        {
            // The type of a stored node is mostly right.
            var place = (long)typeId.Accessor.GetValue(node);
            typeId.Accessor.SetValue(node, stored is not null && place > 0 ? stored.TypeId!.Value : Id(node.Descriptor, typeId, place));
            if (place % 8 != 7)
                LeaveOutUndeclared(node, data.Type(kind, (long)typeId.Accessor.GetValue(node)));
        }
        // The time is relative to the stored one.
        if (time.Accessor.HasValue(node))
            time.Accessor.SetValue(node, (long)time.Accessor.GetValue(node) + (stored?.LastUpdateTime ?? 0));
        var marker = (string)type.Accessor.GetValue(node);
        if (marker is not (AsStored or Unchanged))
            return;
        type.Accessor.Clear(node);
        if (stored is null)
            return;
        if (marker == Unchanged)
            foreach (var field in node.Descriptor.Fields.InFieldNumberOrder())
                if (field.Name is not ("last_update_time_since_epoch" or "system_metadata"))
                    field.Accessor.Clear(node);
        Complete(node, stored);
    }

    /// <summary>The properties that the type has not would else be the fault of most requests.</summary>
    private static void LeaveOutUndeclared(IMessage node, ModelType? type)
    {
        var properties = (IDictionary)node.Descriptor.FindFieldByName("properties").Accessor.GetValue(node);
        foreach (var name in properties.Keys.Cast<string>().ToList())
            if (type is not null && !type.Properties.ContainsKey(name))
                properties.Remove(name);
    }

    /// <summary>Adds what the node leaves out.</summary>
    private void Complete(IMessage node, ModelNode stored)
    {
        var given = node.ToByteArray();
        foreach (var field in node.Descriptor.Fields.InFieldNumberOrder())
            field.Accessor.Clear(node);
        node.MergeFrom(stored.Kind switch
        {
            ModelKind.Artifact => stored.ToArtifact(data).ToByteArray(),
            ModelKind.Execution => stored.ToExecution(data).ToByteArray(),
            _ => stored.ToContext(data).ToByteArray(),
        });
        node.MergeFrom(given);
    }

    private long Id(MessageDescriptor message, FieldDescriptor field, long place)
    {
        var (existing, other, next) = IsTypeId(field) ? TypeIds(KindOf(message, field)!.Value) : NodeIds(KindOf(message, field));
        return place >= 0 && existing.Count > 0 ? existing[(int)(place % existing.Count)] : place switch
        {
            -2 => 0,
            -3 => -1,
            -4 => other,
            // The next one, which can be that of a node earlier in the same request.
            _ => next,
        };
    }

    /// <summary>The types that were put, and one that was not; a type of another kind is as good as unknown.</summary>
    private (List<long> Existing, long Other, long Next) TypeIds(ModelKind kind)
    {
        var types = data.Types.FindAll(type => type.Kind == kind);
        return (
            [.. types.Where(type => !TypeRules.IsSimple(kind, type.Name)).Concat(types.Take(1)).Select(type => type.Id)],
            data.Types.First(type => type.Kind != kind).Id,
            data.Types.Count + 1);
    }

    private (List<long> Existing, long Other, long Next) NodeIds(ModelKind? kind)
    {
        // Ids that mean nothing, as those of given types.
        if (kind is not { } known)
            return ([], 99, 99);
        var count = data.Nodes[known].Count;
        return ([.. data.Nodes[known].Select(node => node.Id!.Value)], count + 50, count + 1);
    }

    private static bool IsTypeId(FieldDescriptor field) => field.Name is "type_id" or "type_ids";

    /// <summary>The kind of node that an id is of, or of whose type it is.</summary>
    private static ModelKind? KindOf(MessageDescriptor message, FieldDescriptor field)
    {
        var word = field.Name switch
        {
            "id" or "type_id" => message.Name,
            "type_ids" => message.Name["Get".Length..message.Name.IndexOf("Types", StringComparison.Ordinal)],
            "parent_id" or "child_id" => "context",
            _ when field.Name.Split('_') is [var kind, "id" or "ids"] => kind,
            _ => "",
        };
        return Enum.TryParse<ModelKind>(word, ignoreCase: true, out var found) ? found : null;
    }
}
