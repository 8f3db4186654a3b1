using Grpc.Net.Client;
using MetadataGateway.StoreContract.Tests.Hosting;
using MetadataGateway.StoreContract.Tests.Skipping;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>
/// Replays what MLMD was recorded to answer. Against the embedded store by default; against any server at MLMD_ADDRESS (host:port), which
/// then has to be fresh: ids are part of the recordings.
/// </summary>
[Trait("Category", "StoreContract")]
public sealed class TranscriptTests
{
    private const string AddressVariable = "MLMD_ADDRESS";

    public static TheoryData<string> Scenarios => [.. Transcript.Scenarios];

    [SkippableTheory]
    [MemberData(nameof(Scenarios))]
    public async Task Replay_RecordedConversation_IsAnsweredAsRecorded(string scenario)
    {
        var transcript = Transcript.Load(scenario);

        var faults = Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address
            ? await ReplayOn(address, transcript)
            : await ReplayOnNewFile(transcript);

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Prepend($"{scenario}:")));
    }

    [Theory]
    [InlineData("training_pipeline")]
    [InlineData("put_execution_error_order")]
    [InlineData("page_by_update_time_artifact")]
    [InlineData("occ")]
    public async Task Replay_InMemory_IsAnsweredAsRecorded(string scenario)
    {
        await using var server = await StoreServer.Start(":memory:");

        var faults = await new TranscriptReplay(server.Caller, TimeProvider.System).Run(Transcript.Load(scenario), _ => null);

        Assert.Empty(faults);
    }

    [Fact]
    public void Deviations_AllListed_NameRecordedSteps()
    {
        var unknown = Deviation.Listed
            .Where(deviation => Transcript.Load(deviation.Scenario).Steps.All(step => step.Number != deviation.Step));

        Assert.Empty(unknown);
    }

    private static async Task<List<string>> ReplayOnNewFile(Transcript transcript)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StoreServer.Start(folder.File("metadata.db"));
        var replay = new TranscriptReplay(server.Caller, TimeProvider.System);
        return await replay.Run(transcript, step => Deviation.Of(transcript.Scenario, step));
    }

    private static async Task<List<string>> ReplayOn(string address, Transcript transcript)
    {
        using var channel = GrpcChannel.ForAddress($"http://{address}", new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var caller = new StoreCaller(channel.CreateCallInvoker());
        Skip.Unless(await FreshServer.IsFresh(caller), $"The server at {address} is not fresh, which {transcript.Scenario} needs.");
        return await new TranscriptReplay(caller, TimeProvider.System).Run(transcript, _ => null);
    }
}
