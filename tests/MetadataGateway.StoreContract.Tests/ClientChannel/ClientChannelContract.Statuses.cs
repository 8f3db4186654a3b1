using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public abstract partial class ClientChannelContract
{
    [Fact]
    public async Task Call_Answered_ReturnsResponseAndOk()
    {
        Store.Answer = (request, _) =>
            Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Id = request.ArtifactIds.Single() } } });
        using var call = Call();

        var response = await call;

        Assert.Equal(7, response.Artifacts.Single().Id);
        Assert.Equal(new Status(StatusCode.OK, ""), call.GetStatus());
    }

    [Fact]
    public void BlockingCall_Answered_ReturnsResponse()
    {
        Store.Answer = (_, _) => Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Id = 3 } } });

        var response = Client.GetArtifactsByID(new GetArtifactsByIDRequest());

        Assert.Equal(3, response.Artifacts.Single().Id);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, "no such type")]
    [InlineData(StatusCode.NotFound, "")]
    [InlineData(StatusCode.AlreadyExists, "100 % größer, 東京, line\nbreak")]
    [InlineData(StatusCode.Aborted, "retry")]
    [InlineData(StatusCode.Internal, "  blanks  ")]
    [InlineData(StatusCode.Cancelled, "by the store")]
    [InlineData(StatusCode.Unimplemented, "not here")]
    public async Task Call_StoreThrowsRpcException_FailsWithItsCodeAndDetail(StatusCode code, string detail)
    {
        Store.Answer = (_, _) => throw new RpcException(new Status(code, detail, new InvalidOperationException("secret")));
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal(new Status(code, detail), failure.Status);
        Assert.Equal(failure.Status, call.GetStatus());
        Assert.Null(failure.Status.DebugException);
    }

    [Fact]
    public void BlockingCall_StoreThrowsRpcException_Throws()
    {
        Store.Answer = (_, _) => throw new RpcException(new Status(StatusCode.NotFound, "gone"));

        var failure = Assert.Throws<RpcException>(() => Client.GetArtifactsByID(new GetArtifactsByIDRequest()));

        Assert.Equal(new Status(StatusCode.NotFound, "gone"), failure.Status);
    }

    [Fact]
    public async Task Call_StoreThrowsAtOnce_IsUnknownWithoutItsText()
    {
        Store.Answer = (_, _) => throw new InvalidOperationException("secret");
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal(new Status(StatusCode.Unknown, "Exception was thrown by handler."), failure.Status);
    }

    [Fact]
    public async Task Call_StoreThrowsLater_IsUnknownWithoutItsText()
    {
        Store.Answer = async (_, _) =>
        {
            await Task.Yield();
            throw new OperationCanceledException("secret");
        };
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal(new Status(StatusCode.Unknown, "Exception was thrown by handler."), failure.Status);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_StoreReturnsNothing_IsCancelled()
    {
        Store.Answer = (_, _) => Task.FromResult<GetArtifactsByIDResponse>(null!);
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal(new Status(StatusCode.Cancelled, "No message returned from method."), failure.Status);
    }

    [Theory]
    [InlineData(true, "^Failed to deserialize response message\\.$")]
    [InlineData(false, "^Failed to deserialize response message\\. The response header contains a gRPC status of OK, .* invalid\\.$")]
    public async Task Call_StoreThrowsOk_IsInternalForWantOfAMessage(bool headersWritten, string detail)
    {
        Store.Answer = async (_, context) =>
        {
            if (headersWritten)
                await context.WriteResponseHeadersAsync([]);
            throw new RpcException(new Status(StatusCode.OK, "fine"));
        };
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.Matches(detail, failure.Status.Detail);
    }

    [Fact]
    public async Task Call_StoreSetsFailureAndReturnsMessage_FailsWithThatStatus()
    {
        Store.Answer = (_, context) =>
        {
            context.Status = new Status(StatusCode.DataLoss, "half of it");
            return Task.FromResult(new GetArtifactsByIDResponse());
        };
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal(new Status(StatusCode.DataLoss, "half of it"), failure.Status);
    }

    [Fact]
    public async Task Call_StoreSetsOkWithDetail_BringsTheDetail()
    {
        Store.Answer = (_, context) =>
        {
            context.Status = new Status(StatusCode.OK, "as usual");
            return Task.FromResult(new GetArtifactsByIDResponse());
        };
        using var call = Call();

        await call;

        Assert.Equal(new Status(StatusCode.OK, "as usual"), call.GetStatus());
    }

    [Fact]
    public async Task GetStatusAndTrailers_BeforeTheEnd_AreNotToBeHad()
    {
        NeverAnswer();
        using var call = Call();

        await Store.Entered;

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }
}
