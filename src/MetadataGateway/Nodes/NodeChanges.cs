using Google.Protobuf.Collections;
using MlMetadata;

namespace MetadataGateway.Nodes;

/// <summary>The update mask that carries one state of a node over into another.</summary>
internal static class NodeChanges
{
    /// <summary>Paths of the properties that are new, gone or different in <paramref name="after"/>.</summary>
    public static List<string> Between(MapField<string, Value> before, MapField<string, Value> after, string prefix)
    {
        var paths = new List<string>();
        foreach (var (name, value) in after)
        {
            if (!before.TryGetValue(name, out var old) || !old.Equals(value))
            {
                paths.Add(prefix + name);
            }
        }

        paths.AddRange(before.Keys.Where(name => !after.ContainsKey(name)).Select(name => prefix + name));
        return paths;
    }
}
