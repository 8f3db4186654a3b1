using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Tests.KubeflowRecords;

public sealed class AllMetaTests
{
    [Theory]
    [InlineData(nameof(ArtifactKind.Dataset), """{"workspace": null, "name": null, "description": null, "owner": null, "uri": null, "version": null, "query": null, "labels": null, "id": null, "create_time": null, "kwargs": {}}""")]
    [InlineData(nameof(ArtifactKind.Model), """{"workspace": null, "name": null, "description": null, "owner": null, "uri": null, "version": null, "model_type": null, "training_framework": null, "hyperparameters": null, "labels": null, "id": null, "create_time": null, "kwargs": {}}""")]
    [InlineData(nameof(ArtifactKind.Metrics), """{"workspace": null, "name": null, "description": null, "owner": null, "uri": null, "data_set_id": null, "model_id": null, "metrics_type": null, "values": null, "labels": null, "id": null, "create_time": null, "kwargs": {}}""")]
    public void Create_OfAKind_HasAllKeysInTheSdksOrder(string kind, string expected)
    {
        var text = AllMeta.Create(Enum.Parse<ArtifactKind>(kind)).ToText();

        Assert.Equal(expected, text);
    }

    [Fact]
    public void Create_OfACustomType_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => AllMeta.Create(ArtifactKind.Artifact));

    [Fact]
    public void Set_OfOneKey_KeepsTheRestOfAStoredText()
    {
        var allMeta = AllMeta.TryParse("""{"name": "n", "mine": {"b": 1.0, "a": [1e400, NaN]}, "labels": null, "big": 12345678901234567890123}""")!;

        allMeta["labels"] = JsonNode.Parse("""{"team":"vision"}""");
        allMeta["name"] = "m";

        Assert.Equal(
            """{"name": "m", "mine": {"b": 1.0, "a": [1e400, NaN]}, "labels": {"team": "vision"}, "big": 12345678901234567890123}""",
            allMeta.ToText());
    }

    [Fact]
    public void Set_OfAnAbsentKey_PutsItLast()
    {
        var allMeta = AllMeta.TryParse("""{"uri": "u", "kwargs": {}}""")!;

        allMeta["description"] = "d";

        Assert.Equal("""{"uri": "u", "kwargs": {}, "description": "d"}""", allMeta.ToText());
    }

    [Fact]
    public void Set_OfANodeThatHasAParent_TakesACopy()
    {
        var request = JsonNode.Parse("""{"values":{"accuracy":1.0}}""")!;
        var allMeta = AllMeta.Create(ArtifactKind.Metrics);

        allMeta[AllMetaKeys.Values] = request["values"];

        Assert.Contains("\"values\": {\"accuracy\": 1.0}", allMeta.ToText(), StringComparison.Ordinal);
        Assert.NotNull(request["values"]);
    }

    [Fact]
    public void Get_OfAnAbsentKey_IsNull()
    {
        var allMeta = AllMeta.TryParse("""{"uri": "u", "version": null}""")!;

        Assert.Null(allMeta["labels"]);
        Assert.False(allMeta.Contains("labels"));
        Assert.True(allMeta.Contains("version"));
        Assert.Equal("u", allMeta["uri"]!.GetValue<string>());
    }

    [Fact]
    public void ToText_OfAnObjectThatLooksLikeANumber_IsStillAnObject()
    {
        var text = AllMeta.TryParse("""{"@double": "NaN"}""")!.ToText();

        Assert.Equal("""{"@double": "NaN"}""", text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("NaN")]
    [InlineData("{\"name\": \"n\"")]
    public void TryParse_OfWhatIsNoObject_IsNull(string? text) => Assert.Null(AllMeta.TryParse(text));
}
