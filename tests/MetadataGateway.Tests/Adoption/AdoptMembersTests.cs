using MetadataGateway.Adoption;
using MetadataGateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MlMetadata;

namespace MetadataGateway.Tests.Adoption;

/// <summary>Artifacts of the SDK get the custom properties that MLMD can select on, and keep everything else bit for bit.</summary>
public sealed class AdoptMembersTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private SdkWriter Sdk => field ??= new(gateway.Store);

    [Fact]
    public async Task Adopt_OfAModel_AddsItsScalarMembersOnly()
    {
        var meta = SdkWriter.ModelMeta("""{"team": "v\u00e9",   "f 1": "x"}""", """{"lr": 0.5, "batchSize": 32, "layers": [1], "early": true, "big": 1e400, "loss": NaN, "none": null}""");
        var id = await Sdk.ArtifactAsync(SdkWriter.ModelType, "nowhere", null, meta, artifact =>
        {
            artifact.State = Artifact.Types.State.Live;
            artifact.ExternalId = "mine";
            artifact.CustomProperties["note"] = new Value { IntValue = 7 };
            artifact.CustomProperties["empty"] = StoredNodes.Text("");
        });
        var before = await gateway.Store.GetArtifact(id);

        Assert.True(await AdoptAsync());

        var after = await gateway.Store.GetArtifact(id);
        var added = after.CustomProperties.Where(entry => !before.CustomProperties.ContainsKey(entry.Key)).ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal(
            new Dictionary<string, Value>
            {
                ["labels.team"] = StoredNodes.Text("vé"),
                ["labels.f-0321"] = StoredNodes.Text("x"),
                ["hyperparameters.lr"] = new() { DoubleValue = 0.5 },
                ["hyperparameters.batch-size"] = new() { DoubleValue = 32 },
                ["hyperparameters.early"] = new() { BoolValue = true },
            },
            added);
        foreach (var name in added.Keys)
        {
            after.CustomProperties.Remove(name);
        }

        after.LastUpdateTimeSinceEpoch = before.LastUpdateTimeSinceEpoch;
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Adopt_OfSeveralWithDifferentMembers_TakesNothingFromAny()
    {
        var complete = await Sdk.ArtifactAsync(
            SdkWriter.ModelType, "nowhere", null, SdkWriter.ModelMeta("""{"a": "1", "b": "2"}""", "{}"), artifact => artifact.CustomProperties["labels.a"] = StoredNodes.Text("1"));
        var other = await Sdk.ArtifactAsync(SdkWriter.ModelType, "nowhere", null, SdkWriter.ModelMeta("""{"a": "3", "c": "4"}""", "{}"));
        // A member of nobody's, under a name that another one needs.
        var foreign = await Sdk.ArtifactAsync(
            SdkWriter.DatasetType, "nowhere", null, """{"labels": {"d": "5"}}""", artifact => artifact.CustomProperties["labels.c"] = StoredNodes.Text("kept"));
        gateway.Calls.Clear();

        Assert.True(await AdoptAsync());

        Assert.Single(gateway.Calls.Methods, "PutArtifacts");
        Assert.Equal("1 2", await MembersOfAsync(complete));
        Assert.Equal("3 4", await MembersOfAsync(other));
        Assert.Equal("kept 5", await MembersOfAsync(foreign));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"labels\": {\"a\": ")]
    [InlineData("{\"labels\": \"text\", \"values\": [1], \"hyperparameters\": 3}")]
    [InlineData("{}")]
    public async Task Adopt_OfAnArtifactWithoutReadableMembers_LeavesItAlone(string? allMeta)
    {
        var id = await Sdk.ArtifactAsync(SdkWriter.MetricsType, "nowhere", null, allMeta);
        var before = await gateway.Store.GetArtifact(id);

        Assert.True(await AdoptAsync());

        Assert.Equal(before, await gateway.Store.GetArtifact(id));
    }

    [Fact]
    public async Task Adopt_OfTheWatchersRecords_LeavesThemAlone()
    {
        var type = new ArtifactType { Name = "kubeflow.org/Pod/v1", Properties = { ["object"] = PropertyType.String } };
        var artifact = new Artifact { Properties = { ["object"] = StoredNodes.Text("{}") }, CustomProperties = { ["__kf_workspace__"] = StoredNodes.Text("resource_watcher") } };
        var id = await gateway.Store.PutArtifact(type, artifact);
        var before = await gateway.Store.GetArtifact(id);

        Assert.True(await AdoptAsync());

        Assert.Equal(before, await gateway.Store.GetArtifact(id));
    }

    [Fact]
    public async Task Adopt_Again_WritesNothing()
    {
        await Sdk.WorkspaceAsync("again");
        await Sdk.ArtifactAsync(SdkWriter.MetricsType, "again", "r", """{"values": {"tiny": 1e-9, "pi": 3.14159265358979, "huge": 1e80}}""");
        Assert.True(await AdoptAsync());
        gateway.Calls.Clear();

        Assert.True(await AdoptAsync());

        Assert.Equal(["GetArtifacts"], gateway.Calls.Methods);
    }

    [Theory]
    [InlineData(0.0, 1e-9, true)]
    [InlineData(0.123457, 0.1234567, true)]
    [InlineData(1e65, 1e80, true)]
    [InlineData(0.5, 0.6, false)]
    [InlineData(-1e65, 1e80, false)]
    public void MissingIn_OfADoubleThatUpstreamRounded_SeesThatItIsThere(double stored, double wanted, bool isThere)
    {
        var artifact = new Artifact { Type = SdkWriter.MetricsType };
        artifact.Properties["__ALL_META__"] = StoredNodes.Text($$$"""{"values": {"x": {{{wanted:R}}}}}""");
        artifact.CustomProperties["values.x"] = new Value { DoubleValue = stored };

        Assert.Equal(isThere, MemberAdopter.MissingIn(artifact).Count == 0);
    }

    private async Task<bool> AdoptAsync() => (await gateway.Services.GetRequiredService<RecordAdoption>().AdoptArtifactsAsync(5000, default)).IsComplete;

    private async Task<string> MembersOfAsync(string id) => string.Join(' ', (await gateway.Store.GetArtifact(id)).CustomProperties
        .Where(entry => entry.Key.StartsWith("labels.", StringComparison.Ordinal)).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.StringValue));
}
