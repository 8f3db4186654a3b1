namespace MetadataGateway.Tests.Filtering;

/// <summary>Filters over fields and values that records of <see cref="RandomRecords"/> may have, and over some that they have not.</summary>
internal sealed class RandomFilter(Random random, IReadOnlyList<string> fields)
{
    public static readonly string[] Artifact =
    [
        "id", "kind", "type", "typeVersion", "name", "uri", "description", "owner", "version", "query", "modelType", "metricsType", "state", "externalId",
        "workspace", "run", "createTime", "updateTime", "labels.team", "labels.Stage", "labels.f 1", "hyperparameters.lr", "hyperparameters.batchSize",
        "hyperparameters.early", "values.accuracy", "values.Loss", "properties.rows", "properties.score", "properties.flag", "properties.name",
        "customProperties.team", "customProperties.Rows", "customProperties.my key", "customProperties.a-b", "customProperties.id",
    ];

    public static readonly string[] Execution =
    [
        "id", "type", "name", "description", "state", "externalId", "run", "createTime", "updateTime", "properties.rows", "properties.score",
        "customProperties.team", "customProperties.Rows", "customProperties.my key", "customProperties.display_name", "customProperties.uri",
    ];

    public string Next(int depth = 3) => random.Next(depth == 0 ? 1 : 5) switch
    {
        1 or 2 => $"({Next(depth - 1)} AND {Next(depth - 1)})",
        3 => $"({Next(depth - 1)} OR {Next(depth - 1)})",
        4 => $"NOT ({Next(depth - 1)})",
        _ => Predicate(),
    };

    private string Predicate()
    {
        var field = random.Pick(fields);
        var not = random.Next(4) == 0 ? "NOT " : "";
        var isText = field.Contains('.', StringComparison.Ordinal) ? !field.StartsWith("values.", StringComparison.Ordinal) : field is not ("id" or "createTime" or "updateTime");
        return random.Next(8) switch
        {
            0 => $"{Spelt(field)} IS {not}NULL",
            1 => $"{Spelt(field)} {not}IN ({Literal(field)}, {Literal(field)})",
            2 when isText => $"{Spelt(field)} {not}{random.Pick(["LIKE", "ILIKE"])} {Quoted(Pattern())}",
            3 => $"{Spelt(field)} {not}BETWEEN {Literal(field)} AND {Literal(field)}",
            4 or 5 => $"{Spelt(field)} = {Literal(field)}",
            _ => $"{Spelt(field)} {random.Pick(["=", "!=", "<>", "<", "<=", ">", ">="])} {Literal(field)}",
        };
    }

    private string Literal(string field) => field switch
    {
        "id" => $"{random.Next(1, 90)}",
        "createTime" or "updateTime" => Quoted(random.Pick(["2020-01-01T00:00:00Z", "2100-01-01T00:00:00.0005Z", RandomRecords.Instant, RandomRecords.Instant])),
        "kind" => Quoted(random.Pick(["dataset", "model", "metrics", "artifact", "Model", "none"])),
        "type" => Quoted(random.Pick(RandomRecords.Types)),
        "state" => Quoted(random.Pick(["LIVE", "PENDING", "DELETED", "MARKED_FOR_DELETION", "ABANDONED", "COMPLETE", "RUNNING", "UNKNOWN", "live"])),
        _ when field.StartsWith("values.", StringComparison.Ordinal) => random.Pick(RandomRecords.Numbers),
        _ when !field.StartsWith("labels.", StringComparison.Ordinal) && field.Contains('.', StringComparison.Ordinal) && random.Next(3) > 0 =>
            random.Next(6) == 0 ? random.Pick(["TRUE", "FALSE"]) : random.Pick(RandomRecords.Numbers),
        _ => Quoted(random.Pick(RandomRecords.Texts)),
    };

    private string Pattern()
    {
        var text = random.Pick(RandomRecords.Texts).Replace("\\", "\\\\", StringComparison.Ordinal);
        return random.Next(4) switch { 0 => $"%{text}", 1 => $"{text}%", 2 => text.Length > 1 ? $"_{text[1..]}" : "_", _ => $"%{(text.Length > 2 ? text[1..2] : text)}%" };
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Spelt(string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 || field[(dot + 1)..].All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            ? field
            : $"{field[..dot]}.`{field[(dot + 1)..]}`";
    }
}

internal static class RandomChoice
{
    public static T Pick<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
