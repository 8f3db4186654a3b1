namespace MetadataGateway.Filtering;

/// <summary>What a field can hold, which decides the literals that it can be compared with.</summary>
internal enum FilterFieldType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A name out of a fixed set, but open: any text may be asked for.</summary>
    Enum,

    /// <summary>An MLMD id: <c>'42'</c> or <c>42</c>.</summary>
    Id,

    /// <summary>An id that is kept as text.</summary>
    TextId,

    /// <summary>RFC 3339.</summary>
    Time,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Whatever the record has there.</summary>
    Any,
}

/// <summary>A field of the API, with its member for those that are objects.</summary>
internal sealed record FilterField(string Name, string? Member, FilterFieldType Type);

/// <summary>The fields of one resource: scalar ones, and objects whose members can be asked for.</summary>
internal sealed record FilterVocabulary(
    IReadOnlyDictionary<string, FilterFieldType> Scalars, IReadOnlyDictionary<string, FilterFieldType> Objects)
{
    private static readonly Dictionary<string, FilterFieldType> Common = new()
    {
        ["id"] = FilterFieldType.Id,
        ["name"] = FilterFieldType.Text,
        ["description"] = FilterFieldType.Text,
        ["createTime"] = FilterFieldType.Time,
        ["updateTime"] = FilterFieldType.Time,
    };

    /// <summary>Workspaces and runs.</summary>
    public static FilterVocabulary LabelledContexts { get; } = new(Common, new Dictionary<string, FilterFieldType> { ["labels"] = FilterFieldType.Text });

    public static FilterVocabulary Executions { get; } = new(
        new Dictionary<string, FilterFieldType>(Common)
        {
            ["type"] = FilterFieldType.Text,
            ["typeVersion"] = FilterFieldType.Text,
            ["workspace"] = FilterFieldType.Text,
            ["run"] = FilterFieldType.Text,
            ["state"] = FilterFieldType.Enum,
            ["externalId"] = FilterFieldType.Text,
        },
        new Dictionary<string, FilterFieldType> { ["properties"] = FilterFieldType.Any, ["customProperties"] = FilterFieldType.Any });

    public static FilterVocabulary Artifacts { get; } = new(
        new Dictionary<string, FilterFieldType>(Executions.Scalars)
        {
            ["kind"] = FilterFieldType.Enum,
            ["uri"] = FilterFieldType.Text,
            ["owner"] = FilterFieldType.Text,
            ["version"] = FilterFieldType.Text,
            ["query"] = FilterFieldType.Text,
            ["modelType"] = FilterFieldType.Text,
            ["metricsType"] = FilterFieldType.Enum,
            ["dataSetId"] = FilterFieldType.TextId,
            ["modelId"] = FilterFieldType.TextId,
        },
        new Dictionary<string, FilterFieldType>(Executions.Objects)
        {
            ["labels"] = FilterFieldType.Text,
            ["hyperparameters"] = FilterFieldType.Any,
            ["values"] = FilterFieldType.Number,
            ["trainingFramework"] = FilterFieldType.Any,
        });

    /// <summary>The field of that spelling: <c>state</c>, <c>labels.team</c>, <c>customProperties.`my key`</c>.</summary>
    public FilterField Resolve(string spelling, int position)
    {
        var dot = spelling.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return Scalars.TryGetValue(spelling, out var scalar)
                ? new FilterField(spelling, null, scalar)
                : throw new FilterFault(position, Objects.ContainsKey(spelling)
                    ? $"'{spelling}' is an object: name a member, such as {spelling}.x"
                    : $"there is no field '{spelling}'; fields: {string.Join(", ", Scalars.Keys.Concat(Objects.Keys.Select(name => $"{name}.x")))}");
        }

        var (name, member) = (spelling[..dot], spelling[(dot + 1)..]);
        if (!Objects.TryGetValue(name, out var type))
        {
            throw new FilterFault(position, Scalars.ContainsKey(name) ? $"'{name}' has no members" : $"there is no field '{name}'");
        }

        return new FilterField(name, member[0] == '`' ? member[1..^1].Replace("``", "`", StringComparison.Ordinal) : member, type);
    }
}
