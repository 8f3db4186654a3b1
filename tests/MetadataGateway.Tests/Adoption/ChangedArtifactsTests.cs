using System.Net;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;

namespace MetadataGateway.Tests.Adoption;

/// <summary>Other clients change artifacts that were adopted: a filter on members goes by what the artifact says now.</summary>
public sealed class ChangedArtifactsTests
{
    private const string Models = $"{HttpJson.Api}/workspaces/w/models";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_ByAMemberThatAnotherClientChanged_FindsWhatItSaysNow(bool keepsMembers)
    {
        var clock = new MovedClock();
        await using var gateway = new GatewayFactory().With(clock);
        var sdk = new SdkWriter(gateway.Store);
        await sdk.WorkspaceAsync("w");
        var id = await sdk.ArtifactAsync(SdkWriter.ModelType, "w", null, SdkWriter.ModelMeta("""{"team": "vision"}""", """{"lr": 0.5}"""));
        Assert.Equal([id], await IdsAsync(gateway, "hyperparameters.lr = 0.5"));
        clock.Ahead += TimeSpan.FromMinutes(2);
        Assert.Equal([id], await IdsAsync(gateway, "labels.team = 'vision'"));

        var changed = await gateway.Store.GetArtifact(id);
        changed.Properties["__ALL_META__"] = StoredNodes.Text(SdkWriter.ModelMeta("""{"team": "speech"}""", """{"lr": 0.9}"""));
        foreach (var name in changed.CustomProperties.Keys.Where(name => !keepsMembers && !name.StartsWith("__", StringComparison.Ordinal)).ToList())
        {
            changed.CustomProperties.Remove(name);
        }

        await gateway.Store.PutArtifactsAsync(new() { Artifacts = { changed } });

        foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2) })
        {
            clock.Ahead += later;
            Assert.Equal([id], await IdsAsync(gateway, "hyperparameters.lr = 0.9 AND labels.team = 'speech'"));
            Assert.Equal([], await IdsAsync(gateway, "hyperparameters.lr = 0.5"));
        }

        if (gateway.Profile.Abilities.HasFlag(StoreAbility.Filters))
        {
            Assert.Equal(new Value { DoubleValue = 0.9 }, (await gateway.Store.GetArtifact(id)).CustomProperties["hyperparameters.lr"]);
        }
    }

    [Fact]
    public async Task List_ByAMemberThatTheStoreDoesNotTake_FindsTheArtifactAllTheSame()
    {
        var clock = new MovedClock();
        await using var gateway = new GatewayFactory().With(clock);
        var sdk = new SdkWriter(gateway.Store);
        await sdk.WorkspaceAsync("w");
        var id = await sdk.ArtifactAsync(SdkWriter.ModelType, "w", null, SdkWriter.ModelMeta("""{"team": "vision"}""", "{}"));
        clock.Ahead += TimeSpan.FromSeconds(1);
        // A later change, up to which all has been looked at.
        await sdk.ArtifactAsync(SdkWriter.ModelType, "w", null, SdkWriter.ModelMeta("{}", "{}"));
        clock.Ahead += TimeSpan.FromMinutes(2);
        gateway.Calls.Failing = ("PutArtifacts", StatusCode.InvalidArgument);

        Assert.Equal([id], await IdsAsync(gateway, "labels.team = 'vision'"));
        clock.Ahead += TimeSpan.FromMinutes(2);
        Assert.Equal([id], await IdsAsync(gateway, "labels.team = 'vision'"));
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(GatewayFactory gateway, string filter) =>
        [.. (await gateway.Client.GetJson($"{Models}?filter={Uri.EscapeDataString(filter)}")).Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string)item!["id"]!)];
}
