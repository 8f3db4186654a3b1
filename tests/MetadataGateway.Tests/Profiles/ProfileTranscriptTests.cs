using Grpc.Net.Client;
using MetadataGateway.StoreContract.Tests.Replay;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Profiles;

/// <summary>
/// A profile is what it says: recorded conversations with MLMD on SQLite come out as recorded, in all the steps where the embedded store answers
/// otherwise, too.
/// </summary>
public sealed class ProfileTranscriptTests
{
    // What the embedded store refuses to store is beyond a profile's reach: texts that MLMD misreads, events without ends.
    private static readonly string[] BeyondReach = ["d6_special_strings", "d9_unchecked_event_ends", "empty_any"];

    public static TheoryData<string> Scenarios => [.. Transcript.Scenarios.Except(BeyondReach)];

    // The defects, which it shares, without the filters' own.
    public static TheoryData<string> DefectsWithoutFilter =>
        [.. Transcript.Scenarios.Except(BeyondReach).Where(scenario => Transcript.Load(scenario) is { Area: "defects" } transcript && !transcript.Requires.Contains("filter"))];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task Replay_OnTheSqliteProfile_IsAnsweredAsRecorded(string scenario) => Replay(scenario, MlmdProfile.Sqlite);

    [Theory]
    [MemberData(nameof(DefectsWithoutFilter))]
    public Task Replay_OnTheProfileWithoutFilters_IsAnsweredAsRecorded(string scenario) => Replay(scenario, MlmdProfile.Release121);

    private static async Task Replay(string scenario, MlmdProfile profile)
    {
        await using var server = await StoreServer.StartAsync(profile: profile);
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var replay = new TranscriptReplay(new StoreCaller(channel.CreateCallInvoker()), TimeProvider.System);

        var faults = await replay.Run(Transcript.Load(scenario), _ => null);

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Prepend($"{scenario}:")));
    }
}
