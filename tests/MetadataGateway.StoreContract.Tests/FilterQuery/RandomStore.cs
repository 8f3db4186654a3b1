using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

/// <summary>A node, event or property: its attributes as a filter names them, NULL where one has no value.</summary>
internal sealed class Element : Dictionary<string, object?>
{
    public long Id => (long)this["id"]!;
}

/// <summary>A small store of random content, in memory for the evaluation and in SQL for the database.</summary>
internal sealed class RandomStore
{
    public static readonly string[] Texts = ["a", "A", "b", "ab", "a_", "%", "", "name", "it's"];
    public static readonly string[] PropertyNames = ["p", "P", "q r"];
    public static readonly string[] TypeNames = ["T", "U"];

    private readonly Random random;
    private readonly Dictionary<NodeKind, List<Element>> nodes = [];
    private readonly Dictionary<(NodeKind, long), List<(bool IsCustom, string Name, Element Values)>> properties = [];
    private readonly List<(long Context, long Artifact)> attributions;
    private readonly List<(long Context, long Execution)> associations;
    private readonly List<(long Child, long Parent)> parents;
    private readonly List<Element> events;

    public RandomStore(Random random)
    {
        this.random = random;
        foreach (var kind in Enum.GetValues<NodeKind>())
            nodes[kind] = [.. Enumerable.Range(1, random.Next(1, 5)).Select(id => Node(kind, id))];
        attributions = Edges(NodeKind.Context, NodeKind.Artifact);
        associations = Edges(NodeKind.Context, NodeKind.Execution);
        parents = Edges(NodeKind.Context, NodeKind.Context);
        events = [.. Edges(NodeKind.Artifact, NodeKind.Execution).Select(ends => new Element
        {
            ["artifact_id"] = ends.Item1,
            ["execution_id"] = ends.Item2,
            ["type"] = (long)random.Next(3, 5),
            ["milliseconds_since_epoch"] = (long)random.Next(3),
        })];
    }

    public IReadOnlyList<Element> Nodes(NodeKind kind) => nodes[kind];

    /// <summary>The elements that a neighbour ranges over; its key is the first step of its path, for properties the first two.</summary>
    public IEnumerable<Element> Neighbours(NodeKind kind, Element node, string key)
    {
        if (key.Split('.', 2) is [var map, var name])
            return properties[(kind, node.Id)]
                .Where(row => row.IsCustom == (map == "custom_properties") && row.Name == name.Trim('`')).Select(row => row.Values);
        var id = node.Id;
        return (key[..key.LastIndexOf('_')], kind) switch
        {
            ("contexts", NodeKind.Artifact) =>
                Far(NodeKind.Context, attributions.Where(edge => edge.Artifact == id).Select(edge => edge.Context)),
            ("contexts", _) => Far(NodeKind.Context, associations.Where(edge => edge.Execution == id).Select(edge => edge.Context)),
            ("events", NodeKind.Artifact) => events.Where(row => Equals(row["artifact_id"], node.Id)),
            ("events", _) => events.Where(row => Equals(row["execution_id"], node.Id)),
            ("parent_contexts", _) => Far(NodeKind.Context, parents.Where(edge => edge.Child == id).Select(edge => edge.Parent)),
            ("child_contexts", _) => Far(NodeKind.Context, parents.Where(edge => edge.Parent == id).Select(edge => edge.Child)),
            ("artifacts", _) => Far(NodeKind.Artifact, attributions.Where(edge => edge.Context == id).Select(edge => edge.Artifact)),
            _ => Far(NodeKind.Execution, associations.Where(edge => edge.Context == id).Select(edge => edge.Execution)),
        };
    }

    public void Save(FilterDatabase database)
    {
        for (var type = 0; type < TypeNames.Length; type++)
            database.Execute("INSERT INTO Type(id, name, type_kind) VALUES (?, ?, 1)", type + 1, TypeNames[type]);
        foreach (var (kind, all) in nodes)
            foreach (var node in all)
                database.Execute(
                    $"INSERT INTO {kind}({string.Join(", ", Columns(node).Select(column => column.Key))}) "
                    + $"VALUES ({string.Join(", ", Columns(node).Select(_ => "?"))})",
                    [.. Columns(node).Select(column => column.Value)]);
        foreach (var ((kind, id), rows) in properties)
            foreach (var (isCustom, name, values) in rows)
                database.Execute(
                    $"INSERT INTO {kind}Property({kind}_id, name, is_custom_property, int_value, double_value, string_value, bool_value) "
                    + "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    id, name, isCustom, values["int_value"], values["double_value"], values["string_value"], values["bool_value"]);
        foreach (var (context, artifact) in attributions)
            database.Execute("INSERT INTO Attribution(context_id, artifact_id) VALUES (?, ?)", context, artifact);
        foreach (var (context, execution) in associations)
            database.Execute("INSERT INTO Association(context_id, execution_id) VALUES (?, ?)", context, execution);
        foreach (var (child, parent) in parents)
            database.Execute("INSERT INTO ParentContext(context_id, parent_context_id) VALUES (?, ?)", child, parent);
        events.ForEach(row => database.Execute(
            "INSERT INTO Event(artifact_id, execution_id, type, milliseconds_since_epoch) VALUES (?, ?, ?, ?)",
            row["artifact_id"], row["execution_id"], row["type"], row["milliseconds_since_epoch"]));
    }

    private static IEnumerable<KeyValuePair<string, object?>> Columns(Element node) => node.Where(column => column.Key != "type");

    private IEnumerable<Element> Far(NodeKind kind, IEnumerable<long> ids) => ids.Select(id => nodes[kind][(int)id - 1]);

    private Element Node(NodeKind kind, long id)
    {
        var typeId = random.Next(1, 3);
        properties[(kind, id)] = [.. Properties()];
        var node = new Element
        {
            ["id"] = id,
            ["type_id"] = (long)typeId,
            ["type"] = TypeNames[typeId - 1],
            // Unique within the type, and absent from some nodes; contexts always have one.
            ["name"] = kind != NodeKind.Context && random.Next(3) == 0 ? null : Texts[id - 1],
            ["external_id"] = random.Next(2) == 0 ? null : Texts[^(int)id],
            ["create_time_since_epoch"] = (long)random.Next(3),
            ["last_update_time_since_epoch"] = (long)random.Next(3),
        };
        if (kind == NodeKind.Artifact)
        {
            node["uri"] = Texts[random.Next(Texts.Length)];
            node["state"] = random.Next(4) is var state && state < 3 ? (long)state : null;
        }
        if (kind == NodeKind.Execution)
            node["last_known_state"] = random.Next(4) is var known && known < 3 ? (long)known : null;
        return node;
    }

    private IEnumerable<(bool, string, Element)> Properties()
    {
        foreach (var isCustom in new[] { false, true })
            foreach (var name in PropertyNames.Where(_ => random.Next(4) > 0))
            {
                var values = new Element { ["int_value"] = null, ["double_value"] = null, ["string_value"] = null, ["bool_value"] = null };
                _ = random.Next(4) switch
                {
                    0 => values["int_value"] = (long)random.Next(-1, 3),
                    1 => values["double_value"] = random.Next(-1, 4) / 2.0,
                    2 => values["string_value"] = Texts[random.Next(Texts.Length)],
                    _ => values["bool_value"] = random.Next(2) == 0,
                };
                yield return (isCustom, name, values);
            }
    }

    private List<(long, long)> Edges(NodeKind from, NodeKind to) =>
    [
        .. from one in nodes[@from]
           from other in nodes[to]
           where random.Next(2) == 0
           select (one.Id, other.Id),
    ];
}
