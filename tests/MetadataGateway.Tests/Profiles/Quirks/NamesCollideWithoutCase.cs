using Google.Protobuf.Reflection;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL's unique indexes ignore case: of names within a type, external ids, and the property names of one node.</summary>
internal sealed class NamesCollideWithoutCase : Quirk
{
    protected override async Task BeforeAsync(StoreCall call)
    {
        if (!call.IsWrite)
        {
            return;
        }

        var known = new Dictionary<MessageDescriptor, List<NodeMessage>>();
        foreach (var node in call.Nodes)
        {
            var stored = node.Id is { } id ? await call.Store.FindAsync(node.Kind, id) : null;
            var others = node.Name is null && node.ExternalId is null ? [] : await OthersAsync(call, known, node);
            if (stored is null && IsReused(call, node, others) is { } reused)
            {
                node.Name = reused;
                continue;
            }

            if (Collides(node, stored, others) || SharesPropertyNames(call.MaskPaths, node, stored))
            {
                throw Failure(stored is null ? StatusCode.AlreadyExists : StatusCode.Internal, "Duplicate entry for key UNIQUE");
            }

            others.Add(node);
        }

        // Nothing makes a collision of a type's properties ALREADY_EXISTS.
        if (call.Request.Messages().Where(StoredTypes.IsType).Select(message => new TypeView(message)).Any(type => IsRepeated(type.Properties.Keys)))
        {
            throw Failure(StatusCode.Internal, "Duplicate entry for key PRIMARY");
        }
    }

    private static async Task<List<NodeMessage>> OthersAsync(StoreCall call, Dictionary<MessageDescriptor, List<NodeMessage>> known, NodeMessage node)
    {
        if (!known.TryGetValue(node.Kind, out var others))
        {
            known[node.Kind] = others = [.. await call.Store.AllAsync(node.Kind)];
        }

        return others;
    }

    // The stored one is taken as it is, by whatever spelling.
    private static string? IsReused(StoreCall call, NodeMessage node, List<NodeMessage> others) =>
        call.Request is PutExecutionRequest { Options.ReuseContextIfAlreadyExist: true } or PutLineageSubgraphRequest { Options.ReuseContextIfAlreadyExist: true }
            && node is { Name: { } name } && node.Kind == Context.Descriptor
            ? others.Find(other => other.TypeId == node.TypeId && Folding.Comparer.Equals(other.Name, name))?.Name
            : null;

    // What is spelt alike is the store's own to refuse.
    private static bool Collides(NodeMessage node, NodeMessage? stored, List<NodeMessage> others)
    {
        var typeId = stored?.TypeId ?? node.TypeId;
        var mayBeRenamed = stored is null || node.Kind == Context.Descriptor;
        return others.Exists(other => (other.Id is null || other.Id != stored?.Id)
            && ((mayBeRenamed && node.Name is { } name && other.TypeId == typeId && IsOtherSpelling(name, other.Name))
                || (node.ExternalId is { } externalId && IsOtherSpelling(externalId, other.ExternalId))));
    }

    private static bool IsOtherSpelling(string text, string? other) => text != other && Folding.Comparer.Equals(text, other);

    private static bool SharesPropertyNames(IReadOnlyList<string> mask, NodeMessage node, NodeMessage? stored) =>
        IsRepeated(NamesAfter("properties", mask, node.Properties.Keys, stored?.Properties.Keys))
        || IsRepeated(NamesAfter("custom_properties", mask, node.CustomProperties.Keys, stored?.CustomProperties.Keys));

    private static IEnumerable<string> NamesAfter(string map, IReadOnlyList<string> mask, ICollection<string> given, ICollection<string>? stored)
    {
        if (stored is null || mask.Count == 0 || mask.Contains(map))
        {
            return given;
        }

        var named = mask.Where(path => path.StartsWith(map + ".", StringComparison.Ordinal)).Select(path => path[(map.Length + 1)..]).ToList();
        return stored.Except(named).Concat(given.Intersect(named));
    }

    private static bool IsRepeated(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(Folding.Comparer);
        return !names.All(seen.Add);
    }
}
