using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public abstract partial class ClientChannelContract
{
    private static readonly Status Disposed = new(StatusCode.Cancelled, "gRPC call disposed.");

    [Fact]
    public async Task Cancel_WhileStoreGoesOn_FailsAndTellsTheStore()
    {
        NeverAnswer();
        using var cancellation = new CancellationTokenSource();
        using var call = Call(new CallOptions(cancellationToken: cancellation.Token));
        await Store.Entered;

        await cancellation.CancelAsync();
        var failure = await FailureOf(call);

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        Assert.Equal("Call canceled by the client.", failure.Status.Detail);
        Assert.Equal(failure.Status, call.GetStatus());
        Assert.Equal(cancellation.Token, Assert.IsType<OperationCanceledException>(failure.Status.DebugException).CancellationToken);
        await Store.ToldToStop;
    }

    [Fact]
    public async Task Cancel_BeforeTheCall_FailsWithoutReachingTheStore()
    {
        using var call = Call(new CallOptions(cancellationToken: new CancellationToken(canceled: true)));

        var failure = await FailureOf(call);

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        Assert.Equal("Call canceled by the client.", failure.Status.Detail);
        Assert.Equal(0, Store.Calls);
    }

    [Fact]
    public async Task Cancel_AfterTheAnswer_ChangesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = Call(new CallOptions(cancellationToken: cancellation.Token));
        await call;

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(Store.ToldToStop.IsCompleted);
    }

    [Fact]
    public async Task Cancel_ThenHeadersAndTrailers_AreNotToBeHad()
    {
        NeverAnswer();
        using var cancellation = new CancellationTokenSource();
        using var call = Call(new CallOptions(cancellationToken: cancellation.Token));
        await Store.Entered;

        await cancellation.CancelAsync();
        await FailureOf(call);

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseHeadersAsync);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact]
    public async Task Cancel_StoreFailsOnIt_DoesNotReachTheClient()
    {
        Store.Answer = (_, context) =>
        {
            context.CancellationToken.Register(() => throw new InvalidOperationException("secret"));
            return _pending.Task;
        };
        using var cancellation = new CancellationTokenSource();
        using var call = Call(new CallOptions(cancellationToken: cancellation.Token));
        await Store.Entered;

        await cancellation.CancelAsync();
        var failure = await FailureOf(call);

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    [Fact]
    public async Task Cancel_StoreAnswersAfterAll_IsTooLate()
    {
        var answer = new TaskCompletionSource<GetArtifactsByIDResponse>();
        Store.Answer = (_, _) => answer.Task;
        using var cancellation = new CancellationTokenSource();
        using var call = Call(new CallOptions(cancellationToken: cancellation.Token));
        await Store.Entered;

        await cancellation.CancelAsync();
        answer.SetResult(new GetArtifactsByIDResponse());

        Assert.Equal(StatusCode.Cancelled, (await FailureOf(call)).StatusCode);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Dispose_WhileStoreGoesOn_CancelsAndTellsTheStore()
    {
        NeverAnswer();
        var call = Call();
        await Store.Entered;

        call.Dispose();

        Assert.Equal(Disposed, call.GetStatus());
        Assert.Equal(Disposed, (await FailureOf(call)).Status);
        await Store.ToldToStop;
    }

    [Fact]
    public async Task Dispose_AfterTheAnswer_ChangesNothing()
    {
        Store.Answer = (_, context) =>
        {
            context.ResponseTrailers.Add("kept", "yes");
            return Task.FromResult(new GetArtifactsByIDResponse());
        };
        var call = Call();
        await call;

        call.Dispose();
        call.Dispose();

        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal("yes", call.GetTrailers().GetValue("kept"));
    }

    [Fact]
    public async Task Store_WithoutCancellation_IsNotToldToStop()
    {
        using var cancellation = new CancellationTokenSource();
        var told = true;
        Store.Answer = (_, context) =>
        {
            told = context.CancellationToken.IsCancellationRequested || !context.CancellationToken.CanBeCanceled;
            return Task.FromResult(new GetArtifactsByIDResponse());
        };

        await Call(new CallOptions(cancellationToken: cancellation.Token));

        Assert.False(told);
    }
}
