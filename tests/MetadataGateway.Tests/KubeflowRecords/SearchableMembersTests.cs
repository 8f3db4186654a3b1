using System.Text.Json.Nodes;
using FsCheck.Xunit;
using MetadataGateway.KubeflowRecords;
using MlMetadata;

namespace MetadataGateway.Tests.KubeflowRecords;

public sealed class SearchableMembersTests
{
    [Theory]
    [InlineData("hyperparameters", "batchSize", "hyperparameters.batch-size")]
    [InlineData("labels", "f 1", "labels.f-0321")]
    [InlineData("labels", "a.b_9", "labels.a.b_9")]
    [InlineData("values", "F1-score", "values.-f1--score")]
    [InlineData("labels", "é", "labels.-195-169")]
    [InlineData("labels", "😀", "labels.-240-159-152-128")]
    [InlineData("labels", "", "labels.")]
    [InlineData("labels", "app.kubernetes.io/name", "labels.app.kubernetes.io-047name")]
    [InlineData("labels", "\u0000\t`'", "labels.-000-009-096-039")]
    public void EncodeName_OfAnyMember_KeepsToCharactersThatNoBackEndChanges(string prefix, string member, string expected)
    {
        var name = SearchableMembers.EncodeName(prefix, member);

        Assert.Equal(expected, name);
    }

    [Property(MaxTest = 500)]
    public void EncodeName_OfDifferentMembers_DiffersWhateverTheCase(FsCheck.NonNull<string> one, FsCheck.NonNull<string> other)
    {
        var (first, second) = (SearchableMembers.EncodeName("values", one.Get), SearchableMembers.EncodeName("values", other.Get));

        Assert.Equal(one.Get == other.Get, string.Equals(first, second, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Write_OfScalars_GivesStringsBooleansAndDoubles()
    {
        var members = Parse("""{"text":"a","empty":"","flag":true,"off":false,"int":3,"big":123456789012345678901,"double":0.5}""");

        var written = SearchableMembers.Write("hyperparameters", members).ToDictionary();

        Assert.Equal(
            new Dictionary<string, Value>
            {
                ["hyperparameters.text"] = new() { StringValue = "a" },
                ["hyperparameters.empty"] = new() { StringValue = "" },
                ["hyperparameters.flag"] = new() { BoolValue = true },
                ["hyperparameters.off"] = new() { BoolValue = false },
                ["hyperparameters.int"] = new() { DoubleValue = 3 },
                ["hyperparameters.big"] = new() { DoubleValue = 123456789012345678901.0 },
                ["hyperparameters.double"] = new() { DoubleValue = 0.5 },
            },
            written);
    }

    [Fact]
    public void Write_OfNumbersMadeInCode_GivesDoubles()
    {
        var written = SearchableMembers.Write("values", new JsonObject { ["a"] = 1, ["b"] = 0.1, ["c"] = double.NaN }).ToDictionary();

        Assert.Equal(["values.a", "values.b"], written.Keys);
        Assert.Equal(0.1, written["values.b"].DoubleValue);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("1e999")]
    [InlineData("""{"@double":"NaN"}""")]
    [InlineData("\"mlmd-struct::x\"")]
    [InlineData("\"__MLMD_NULL__\"")]
    [InlineData(@"""a\u0000""")]
    [InlineData(@"""\ud800""")]
    public void Write_OfWhatMlmdCannotHold_LeavesItOut(string value)
    {
        var written = SearchableMembers.Write("labels", Parse($$"""{"a":{{value}},"b":"kept"}"""));

        Assert.Equal(["labels.b"], written.Select(property => property.Key));
    }

    [Theory]
    [InlineData(248, 1)]
    [InlineData(249, 0)]
    public void Write_OfALongName_LeavesItOut(int length, int expected)
    {
        var written = SearchableMembers.Write("labels", new JsonObject { [new string('a', length)] = "x" });

        Assert.Equal(expected, written.Count());
    }

    [Fact]
    public void Write_OfANameWithHalfASurrogatePair_LeavesItOut()
    {
        var written = SearchableMembers.Write("labels", new JsonObject { ["\ud800"] = "x" });

        Assert.Empty(written);
    }

    [Fact]
    public void Write_OfNoMembers_GivesNone() => Assert.Empty(SearchableMembers.Write("labels", null));

    [Theory]
    [InlineData("labels.a", true)]
    [InlineData("hyperparameters.", true)]
    [InlineData("values.x.y", true)]
    [InlineData("labels", false)]
    [InlineData("Labels.a", false)]
    [InlineData("my.labels.a", false)]
    public void IsSearchable_OfACustomPropertyName_LooksAtItsPrefix(string name, bool expected) =>
        Assert.Equal(expected, SearchableMembers.IsSearchable(name));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
