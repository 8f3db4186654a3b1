using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public abstract partial class ClientChannelContract
{
    private static readonly Status SentTooLarge =
        new(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size.");

    private static readonly Status ReceivedTooLarge =
        new(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");

    [Fact]
    public async Task Request_ChangedByTheClientAfterwards_StaysForTheStore()
    {
        var mayLook = new TaskCompletionSource();
        long[] seen = [];
        Store.Answer = async (received, _) =>
        {
            await mayLook.Task;
            seen = [.. received.ArtifactIds];
            return new GetArtifactsByIDResponse();
        };
        var request = new GetArtifactsByIDRequest { ArtifactIds = { 1, 2 }, TransactionOptions = new TransactionOptions { Tag = "a" } };
        using var call = Client.GetArtifactsByIDAsync(request);
        await Store.Entered;

        request.ArtifactIds.Clear();
        mayLook.SetResult();
        await call;

        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task Request_ChangedByTheStore_StaysForTheClient()
    {
        Store.Answer = (received, _) =>
        {
            received.ArtifactIds.Add(99);
            received.TransactionOptions.Tag = "changed";
            return Task.FromResult(new GetArtifactsByIDResponse());
        };
        var request = new GetArtifactsByIDRequest { ArtifactIds = { 1 }, TransactionOptions = new TransactionOptions { Tag = "a" } };

        await Client.GetArtifactsByIDAsync(request);

        Assert.Equal([1], request.ArtifactIds);
        Assert.Equal("a", request.TransactionOptions.Tag);
    }

    [Fact]
    public async Task Response_SharedAndChangedByTheStore_StaysForEachClient()
    {
        var kept = new GetArtifactsByIDResponse { Artifacts = { new Artifact { Id = 1, Name = "as sent" } } };
        Store.Answer = (_, _) => Task.FromResult(kept);

        var first = await Call();
        var second = await Call();
        kept.Artifacts[0].Name = "changed by the store";
        first.Artifacts[0].Name = "changed by a client";
        first.Artifacts.Add(new Artifact());

        Assert.Equal("as sent", Assert.Single(second.Artifacts).Name);
        Assert.Equal("changed by the store", Assert.Single(kept.Artifacts).Name);
    }

    [Fact]
    public async Task Messages_WithPresenceAndUnknownFields_ArriveAsTheyAre()
    {
        // An artifact with id 5, uri set and empty, and a field 999 that this version does not know.
        byte[] wire = [0x08, 0x05, 0x1a, 0x00, 0xb8, 0x3e, 0x2a];
        Store.Answer = (_, _) => Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { Artifact.Parser.ParseFrom(wire) } });

        var artifact = (await Call()).Artifacts.Single();

        Assert.True(artifact.HasUri);
        Assert.False(artifact.HasName);
        Assert.Equal(Artifact.Parser.ParseFrom(wire), artifact);
    }

    [Fact]
    public async Task Request_OfTheLargestSize_IsTaken()
    {
        var sizes = new List<int>();
        Store.Answer = (received, _) =>
        {
            sizes.Add(received.CalculateSize());
            return Task.FromResult(new GetArtifactsByIDResponse());
        };

        await Client.GetArtifactsByIDAsync(RequestOf(Limits.MessageSize));

        Assert.Equal([Limits.MessageSize], sizes);
    }

    [Fact]
    public async Task Request_OneByteTooLarge_IsNotSent()
    {
        using var call = Client.GetArtifactsByIDAsync(RequestOf(Limits.MessageSize + 1));

        var failure = await FailureOf(call);

        Assert.Equal(SentTooLarge, failure.Status);
        Assert.Equal(SentTooLarge, call.GetStatus());
        Assert.Equal(0, Store.Calls);
    }

    [Fact]
    public async Task Response_OfTheLargestSize_IsTaken()
    {
        Store.Answer = (_, _) => Task.FromResult(ResponseOf(Limits.MessageSize));

        var response = await Call();

        Assert.Equal(Limits.MessageSize, response.CalculateSize());
    }

    [Fact]
    public async Task Response_OneByteTooLarge_IsRefused()
    {
        Store.Answer = (_, _) => Task.FromResult(ResponseOf(Limits.MessageSize + 1));
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal(ReceivedTooLarge, failure.Status);
        Assert.Equal(ReceivedTooLarge, call.GetStatus());
    }

    private static GetArtifactsByIDRequest RequestOf(int size)
    {
        var request = new GetArtifactsByIDRequest { TransactionOptions = new TransactionOptions { Tag = new string('x', size / 2) } };
        // Two strings one inside the other: the lengths of the length prefixes settle when the difference is added.
        request.TransactionOptions.Tag = new string('x', size / 2 + size - request.CalculateSize());
        Assert.Equal(size, request.CalculateSize());
        return request;
    }

    private static GetArtifactsByIDResponse ResponseOf(int size)
    {
        var response = new GetArtifactsByIDResponse { Artifacts = { new Artifact { Uri = new string('x', size / 2) } } };
        response.Artifacts[0].Uri = new string('x', size / 2 + size - response.CalculateSize());
        Assert.Equal(size, response.CalculateSize());
        return response;
    }
}
