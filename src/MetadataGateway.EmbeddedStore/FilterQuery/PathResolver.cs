using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>Finds what the paths of one filter query mean, and keeps the neighbours that it mentions.</summary>
internal sealed class PathResolver(NodeKind kind)
{
    private readonly NodeVocabulary vocabulary = NodeVocabulary.Of(kind);
    private readonly Dictionary<(NeighbourSort Sort, string Name), Neighbour> neighbours = [];

    public AttributeValue Resolve(PathSyntax path)
    {
        var steps = Split(path.Text);
        var value = steps switch
        {
            [var name] => Find(vocabulary.Attributes, name) is { } attribute ? new AttributeValue(attribute, null) : null,
            [var element, var name] => OfElement(element, name, path),
            [var map, var property, var name] => OfProperty(map, property, name, path),
            _ => null,
        };
        return value ?? throw FilterFault.At(path.Position, $"{path.Text} is not an attribute that a filter over {kind.Word()}s knows");
    }

    private AttributeValue? OfElement(string element, string name, PathSyntax path)
    {
        var sort = vocabulary.Neighbours.FirstOrDefault(sort => sort.IsCustomProperty is null
            && element.Length > sort.Prefix.Length && element.StartsWith(sort.Prefix, StringComparison.OrdinalIgnoreCase));
        return sort is null ? null : Of(sort, element[sort.Prefix.Length..], name, path);
    }

    private AttributeValue? OfProperty(string map, string property, string name, PathSyntax path)
    {
        var sort = vocabulary.Neighbours.FirstOrDefault(sort =>
            sort.IsCustomProperty is not null && sort.Prefix.Equals(map, StringComparison.OrdinalIgnoreCase));
        return sort is null ? null : Of(sort, property.Trim('`'), name, path);
    }

    // Aliases and property names are taken as they are, while MLMD loses their case (defect D15, docs/mlmd-compatibility.md).
    private AttributeValue Of(NeighbourSort sort, string neighbourName, string name, PathSyntax path)
    {
        if (Find(sort.Attributes, name) is not { } attribute)
            throw FilterFault.At(path.Position, $"{path.Text} ends in {name}, where one of these is possible: "
                + string.Join(", ", sort.Attributes.Select(known => known.Name)));
        if (!neighbours.TryGetValue((sort, neighbourName), out var neighbour))
        {
            neighbour = new Neighbour(sort, neighbourName, neighbours.Count);
            neighbours.Add((sort, neighbourName), neighbour);
            if (neighbours.Keys.Sum(key => key.Sort.ElementTable is null ? 1 : 2) > FilterLimits.Tables)
                throw FilterFault.At(path.Position, "it mentions too many contexts, events, artifacts, executions and properties");
        }
        return new(attribute, neighbour);
    }

    private static FilterAttribute? Find(IReadOnlyList<FilterAttribute> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static List<string> Split(string path)
    {
        var steps = new List<string>();
        for (var start = 0; start < path.Length;)
        {
            var end = path[start] == '`' ? path.IndexOf('`', start + 1) + 1 : path.IndexOf('.', start);
            if (end < 0)
                end = path.Length;
            steps.Add(path[start..end]);
            start = end + 1;
        }
        return steps;
    }
}
