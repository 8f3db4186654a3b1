using System.Numerics;
using MetadataGateway.Filtering;

namespace MetadataGateway.Tests.Filtering;

public sealed class FilterEvaluatorTests
{
    private static readonly FilterGrammar Grammar = new(FilterVocabulary.Artifacts);

    private static readonly Dictionary<string, object?> Record = new()
    {
        ["id"] = 42L,
        ["kind"] = "model",
        ["name"] = "it's 100%_\\ fine",
        ["uri"] = "\uE000",
        ["createTime"] = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        ["labels.team"] = "vision",
        ["labels.like"] = "x",
        ["values.accuracy"] = 0.95,
        ["values.diverged"] = FilterEvaluator.Incomparable,
        ["hyperparameters.layers"] = FilterEvaluator.Incomparable,
        ["hyperparameters.big"] = BigInteger.Parse("12345678901234567890", System.Globalization.CultureInfo.InvariantCulture),
        ["hyperparameters.long"] = 9007199254740993L,
        ["hyperparameters.early_stop"] = true,
        ["customProperties.my key`s"] = 1L,
    };

    [Theory]
    [InlineData("id = 42")]
    [InlineData("id = '42'")]
    [InlineData("id IN (1, '42')")]
    [InlineData("name = 'it''s 100%_\\ fine'")]
    [InlineData("name LIKE 'it''s %\\%\\_\\\\%'")]
    [InlineData("name NOT LIKE 'IT%' AND name ILIKE 'IT%'")]
    [InlineData("uri < '\U0001F600'")]
    [InlineData("createTime > '2026-01-02T04:04:04+01:00' AND createTime <= '2026-01-02T03:04:05Z'")]
    [InlineData("createTime BETWEEN '2026-01-01T00:00:00Z' AND '2027-01-01T00:00:00Z'")]
    [InlineData("labels.team = 'vision' AND labels.like = 'x'")]
    [InlineData("values.accuracy >= 0.9 and values.accuracy < 1")]
    [InlineData("values.accuracy = 95e-2")]
    [InlineData("hyperparameters.early_stop = TRUE")]
    [InlineData("hyperparameters.big = 12345678901234567890 AND hyperparameters.big > 1e19")]
    [InlineData("hyperparameters.long > 9007199254740992 AND hyperparameters.long > 9007199254740992.0")]
    [InlineData("customProperties.`my key``s` = +1")]
    [InlineData("values.missing IS NULL AND values.diverged IS NOT NULL AND hyperparameters.layers IS NOT NULL")]
    [InlineData("NOT (kind = 'dataset') AND kind <> 'dataset' AND kind != 'dataset'")]
    [InlineData("labels.missing = 'a' OR kind = 'model'")]
    [InlineData("NOT NOT kind = 'model'")]
    [InlineData("kind = 'dataset' AND kind = 'metrics' OR kind = 'model'")]
    public void Filter_ThatHolds_Selects(string filter) => Assert.True(Selects(filter));

    [Theory]
    [InlineData("labels.missing = 'a'")]
    [InlineData("labels.missing != 'a'")]
    [InlineData("NOT (labels.missing = 'a')")]
    [InlineData("labels.missing NOT IN ('a')")]
    [InlineData("labels.missing NOT LIKE 'a'")]
    [InlineData("labels.missing NOT BETWEEN 'a' AND 'b'")]
    [InlineData("values.diverged > 0 OR values.diverged <= 0")]
    [InlineData("hyperparameters.early_stop = 'true' OR hyperparameters.early_stop != 'true'")]
    [InlineData("hyperparameters.long = 9007199254740992.0")]
    [InlineData("kind NOT IN ('model', 'dataset')")]
    [InlineData("kind = 'model' AND (labels.team = 'x' OR labels.missing = 'y')")]
    [InlineData("values.accuracy BETWEEN 1 AND 0")]
    public void Filter_ThatDoesNotHold_LeavesOut(string filter) => Assert.False(Selects(filter));

    [Theory]
    [InlineData("", 0)]
    [InlineData("kind", 4)]
    [InlineData("kind = ", 7)]
    [InlineData("kind = model", 7)]
    [InlineData("kind = \"model\"", 7)]
    [InlineData("kind = 'model", 7)]
    [InlineData("kind == 'model'", 6)]
    [InlineData("knd = 'model'", 0)]
    [InlineData("labels = 'x'", 0)]
    [InlineData("kind.x = 'x'", 0)]
    [InlineData("labels.a.b = 'x'", 0)]
    [InlineData("labels.x = 1", 11)]
    [InlineData("values.x = 'a'", 11)]
    [InlineData("values.x LIKE 'a'", 14)]
    [InlineData("id = 'a'", 5)]
    [InlineData("id = 1.5", 5)]
    [InlineData("createTime > 5", 13)]
    [InlineData("createTime > '2026-01-01'", 13)]
    [InlineData("kind = TRUE", 7)]
    [InlineData("kind IN ()", 9)]
    [InlineData("kind = NULL", 7)]
    [InlineData("values.x > 1e999", 11)]
    [InlineData("kind = 'a' kind = 'b'", 11)]
    [InlineData("(kind = 'a'", 11)]
    [InlineData("kind = 'a')", 10)]
    public void Filter_WithFault_TellsThePosition(string filter, int position) =>
        Assert.Equal(position, Assert.Throws<FilterFault>(() => Grammar.Parse(filter)).Position);

    [Fact]
    public void Filter_BeyondTheLimits_IsAFaultAndNoCrash()
    {
        Assert.Throws<FilterFault>(() => Grammar.Parse(new string('(', 33) + "id = 1" + new string(')', 33)));
        Assert.Throws<FilterFault>(() => Grammar.Parse("id = " + new string('1', 8192)));
        Assert.Throws<FilterFault>(() => Grammar.Parse(string.Concat(Enumerable.Repeat("NOT ", 33)) + "id = 1"));
        Assert.NotNull(Grammar.Parse(string.Concat(Enumerable.Repeat("NOT ", 32)) + "id = 1"));
        Assert.NotNull(Grammar.Parse(new string('(', 32) + "id = 1" + new string(')', 32)));
        Assert.NotNull(Grammar.Parse(string.Join(" OR ", Enumerable.Repeat("id = 1", 800))));
    }

    private static bool Selects(string filter) => FilterEvaluator.Selects(
        Grammar.Parse(filter), field => Record.GetValueOrDefault(field.Member is null ? field.Name : $"{field.Name}.{field.Member}"));
}
