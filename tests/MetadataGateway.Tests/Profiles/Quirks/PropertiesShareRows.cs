using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>On an update a property and a custom property of one name are told apart nowhere but at their insertion (D3).</summary>
internal sealed class PropertiesShareRows : Quirk
{
    private const string Declared = "properties";
    private const string Custom = "custom_properties";

    protected override async Task BeforeAsync(StoreCall call)
    {
        var isShared = false;
        var results = new List<(NodeMessage Node, MapField<string, Value> Declared, MapField<string, Value> Custom)>();
        // Elements of one request see each other.
        var latest = new Dictionary<(MessageDescriptor Kind, long Id), NodeMessage>();
        foreach (var node in call.Nodes.Where(node => call.IsWrite && node.Id is not null))
        {
            var key = (node.Kind, node.Id!.Value);
            if ((latest.GetValueOrDefault(key) ?? await call.Store.FindAsync(node.Kind, node.Id.Value)) is not { } stored)
            {
                return;
            }

            if (SharesNames(node, stored))
            {
                isShared = true;
                if (!await IsDeclaredAsync(call, node, stored))
                {
                    return;
                }
            }

            var (declared, custom) = Merge(call.MaskPaths, node, stored);
            results.Add((node, declared, custom));
            latest[key] = Renewed(stored, declared, custom);
        }

        if (isShared)
        {
            foreach (var (node, declared, custom) in results)
            {
                Fill(node.Properties, declared);
                Fill(node.CustomProperties, custom);
            }

            if (call.MaskPaths is RepeatedField<string> { Count: > 0 } paths)
            {
                paths.Add(Declared);
                paths.Add(Custom);
            }
        }
    }

    private static bool SharesNames(NodeMessage node, NodeMessage stored) =>
        stored.Properties.Keys.Concat(node.Properties.Keys).Intersect(stored.CustomProperties.Keys.Concat(node.CustomProperties.Keys)).Any();

    // What is wrong with the request is for the store to say.
    private static async Task<bool> IsDeclaredAsync(StoreCall call, NodeMessage node, NodeMessage stored)
    {
        var type = (await StoredTypes.ReadAsync(call.Store)).Single(type => type.Id == stored.TypeId);
        return node.Properties.All(property => type.Properties.TryGetValue(property.Key, out var declared)
            && property.Value.ValueCase == declared switch
            {
                PropertyType.Int => Value.ValueOneofCase.IntValue,
                PropertyType.Double => Value.ValueOneofCase.DoubleValue,
                PropertyType.String => Value.ValueOneofCase.StringValue,
                PropertyType.Struct => Value.ValueOneofCase.StructValue,
                PropertyType.Proto => Value.ValueOneofCase.ProtoValue,
                _ => Value.ValueOneofCase.BoolValue,
            });
    }

    private static (MapField<string, Value> Declared, MapField<string, Value> Custom) Merge(IReadOnlyList<string> mask, NodeMessage node, NodeMessage stored)
    {
        var (declared, custom) = (stored.Properties.Clone(), stored.CustomProperties.Clone());
        foreach (var name in Named(mask, Declared, stored.Properties, node.Properties))
        {
            if (!node.Properties.TryGetValue(name, out var value))
            {
                declared.Remove(name);
                custom.Remove(name);
            }
            else if (!value.Equals(stored.Properties.GetValueOrDefault(name)))
            {
                declared[name] = value;
                // Changed in place, in both rows; a new one is inserted.
                if (stored.Properties.ContainsKey(name) && custom.ContainsKey(name))
                {
                    custom[name] = value;
                }
            }
        }

        foreach (var name in Named(mask, Custom, stored.CustomProperties, node.CustomProperties))
        {
            var isGiven = node.CustomProperties.TryGetValue(name, out var value);
            if (isGiven && value!.Equals(stored.CustomProperties.GetValueOrDefault(name)))
            {
                continue;
            }

            // Changed by deletion and insertion, as its kind may be another.
            if (stored.CustomProperties.ContainsKey(name))
            {
                declared.Remove(name);
                custom.Remove(name);
            }

            if (isGiven)
            {
                custom[name] = value;
            }
        }

        return (declared, custom);
    }

    private static NodeMessage Renewed(NodeMessage stored, MapField<string, Value> declared, MapField<string, Value> custom)
    {
        var node = new NodeMessage(stored.Kind.Parser.ParseFrom(stored.Message.ToByteString()));
        Fill(node.Properties, declared);
        Fill(node.CustomProperties, custom);
        return node;
    }

    private static List<string> Named(IReadOnlyList<string> mask, string map, MapField<string, Value> stored, MapField<string, Value> given) =>
        mask.Count == 0 || mask.Contains(map)
            ? [.. stored.Keys.Union(given.Keys)]
            : [.. from path in mask
                  where path.StartsWith(map + ".", StringComparison.Ordinal)
                  let name = path[(map.Length + 1)..]
                  where stored.ContainsKey(name) || given.ContainsKey(name)
                  select name];

    private static void Fill(MapField<string, Value> map, MapField<string, Value> values)
    {
        map.Clear();
        map.Add(values);
    }
}
