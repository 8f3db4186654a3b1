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

    /// <summary>
    /// Names that change in one map of properties and stand in the other, before or after. MLMD's updates do not tell the two apart: a change of one
    /// changes or deletes the other, too (defect D3, docs/mlmd-compatibility.md). Only an insertion is safe; so such a node is sent twice in one
    /// call, which is one transaction: <see cref="Without"/> these names, and then as it is to be. Their paths are added to the mask.
    /// </summary>
    public static IReadOnlyList<string> TakeSharedNames(
        List<string> mask, MapField<string, Value> before, MapField<string, Value> customBefore, MapField<string, Value> after, MapField<string, Value> customAfter)
    {
        var declared = before.Keys.Union(after.Keys).ToHashSet();
        var custom = customBefore.Keys.Union(customAfter.Keys).ToHashSet();
        var shared = declared.Intersect(custom).Where(name => mask.Contains($"properties.{name}") || mask.Contains($"custom_properties.{name}")).ToList();
        foreach (var path in shared.SelectMany(name => new[] { $"properties.{name}", $"custom_properties.{name}" }).Except(mask).ToList())
        {
            mask.Add(path);
        }

        return shared;
    }

    /// <summary>Takes the names out of a map.</summary>
    public static void Without(this MapField<string, Value> properties, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            properties.Remove(name);
        }
    }
}
