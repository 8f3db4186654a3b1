using System.Globalization;
using System.Text.Json.Nodes;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Tests.KubeflowRecords;

public sealed class SdkRecordTests
{
    public static TheoryData<string> AllMetaTexts => [.. SdkRecords.Texts("__ALL_META__")];

    [Theory]
    [MemberData(nameof(AllMetaTexts))]
    public void AllMeta_ParsedAndWritten_GivesTheSameText(string text)
    {
        var allMeta = AllMeta.TryParse(text);

        Assert.Equal(text, allMeta?.ToText());
    }

    [Theory]
    [MemberData(nameof(AllMetaTexts))]
    public void AllMeta_CreatedAndFilled_GivesTheSameText(string text)
    {
        var stored = JsonNode.Parse(text)!.AsObject();
        var kind = stored.ContainsKey("query") ? ArtifactKind.Dataset
            : stored.ContainsKey("values") ? ArtifactKind.Metrics
            : ArtifactKind.Model;

        var allMeta = AllMeta.Create(kind);
        foreach (var (key, value) in stored.Where(member => member.Value is not null))
            allMeta[key] = value;

        Assert.Equal(text, allMeta.ToText());
    }

    [Fact]
    public void Labels_OfWorkspaces_ParsedAndWritten_GiveTheSameText()
    {
        var texts = SdkRecords.Texts("labels");

        Assert.NotEmpty(texts);
        Assert.All(texts, text =>
        {
            Assert.True(PythonJsonReader.TryReadObject(text, out var labels));
            Assert.Equal(text, PythonJsonWriter.WriteObject(labels));
        });
    }

    [Fact]
    public void CreateTime_ParsedAndFormatted_GivesTheSameText()
    {
        var texts = SdkRecords.Texts("create_time");

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.Equal(text, CreateTime.Format(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture))));
    }
}
