namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>
/// Conditions of a filter that share neighbours, so that one choice of these must make all of them TRUE. Conditions that share none can
/// choose for themselves, which lets SQLite treat each group as a question of its own.
/// </summary>
internal sealed class ConditionGroup
{
    private readonly List<FilterExpression> conditions = [];
    private readonly List<Neighbour> neighbours = [];

    public IReadOnlyList<FilterExpression> Conditions => conditions;

    public IReadOnlyList<Neighbour> Neighbours => neighbours;

    /// <summary>Whether the conditions ask the node itself, too.</summary>
    public bool AsksNode { get; private set; }

    /// <summary>A neighbour of which few can fit, so that the nodes are best found from its side.</summary>
    public Neighbour? Driver => conditions.Select(DriverOf).FirstOrDefault(driver => driver is not null);

    /// <summary>Whether a condition gives the name of the node (null) or of a neighbour.</summary>
    public bool GivesName(Neighbour? of) =>
        conditions.Exists(condition => Given(condition) is { Attribute.IsUniqueInType: true } name && name.Of == of);

    public bool GivesType(Neighbour? of) =>
        conditions.Exists(condition => Given(condition) is { Attribute.IsTypeName: true } type && type.Of == of);

    /// <summary>The attribute of a condition that gives its value, or a list of values.</summary>
    public static AttributeValue? Given(FilterExpression condition) => condition switch
    {
        Comparison { Operator: "=", Left: AttributeValue value, Right: LiteralValue } => value,
        Membership { IsNegated: false, Operand: AttributeValue value } membership
            when membership.Items.All(item => item is LiteralValue) => value,
        _ => null,
    };

    public static IReadOnlyList<ConditionGroup> Split(FilterExpression filter)
    {
        var ofNode = new ConditionGroup();
        var groupOf = new Dictionary<Neighbour, ConditionGroup>();
        foreach (var condition in Conjuncts(filter))
        {
            var mentioned = new List<AttributeValue>();
            Collect(condition, mentioned);
            var neighbours = mentioned.Select(value => value.Of).OfType<Neighbour>().Distinct().ToList();
            var group = neighbours.Count == 0 ? ofNode : Merge(neighbours, groupOf);
            group.conditions.Add(condition);
            group.AsksNode |= mentioned.Exists(value => value.Of is null);
        }
        var groups = groupOf.Values.Distinct();
        return ofNode.conditions.Count == 0 ? [.. groups] : [ofNode, .. groups];
    }

    private static ConditionGroup Merge(List<Neighbour> neighbours, Dictionary<Neighbour, ConditionGroup> groupOf)
    {
        var merged = groupOf.GetValueOrDefault(neighbours[0]) ?? new ConditionGroup();
        foreach (var neighbour in neighbours)
        {
            if (!groupOf.TryGetValue(neighbour, out var group))
            {
                merged.neighbours.Add(neighbour);
                groupOf[neighbour] = merged;
            }
            else if (group != merged)
            {
                merged.conditions.AddRange(group.conditions);
                merged.neighbours.AddRange(group.neighbours);
                merged.AsksNode |= group.AsksNode;
                group.neighbours.ForEach(member => groupOf[member] = merged);
            }
        }
        return merged;
    }

    private static IEnumerable<FilterExpression> Conjuncts(FilterExpression filter) =>
        filter is Combination { IsAnd: true } all ? all.Operands.SelectMany(Conjuncts) : [filter];

    private static void Collect(FilterExpression expression, List<AttributeValue> mentioned)
    {
        if (expression is AttributeValue value)
            mentioned.Add(value);
        foreach (var part in expression.Parts)
            Collect(part, mentioned);
    }

    private static Neighbour? DriverOf(FilterExpression condition) => condition switch
    {
        Combination { IsAnd: true } all => all.Operands.Select(DriverOf).FirstOrDefault(driver => driver is not null),
        Combination any => any.Operands.Select(DriverOf).Distinct().ToList() is [var driver] ? driver : null,
        _ => Given(condition) is { Attribute.IsSelective: true, Of: var neighbour } ? neighbour : null,
    };
}
