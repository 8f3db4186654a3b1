using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public abstract partial class ClientChannelContract
{
    private static CallOptions Within(TimeSpan time) => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + time);

    [Fact]
    public async Task Deadline_PassesWhileStoreGoesOn_FailsAndTellsTheStore()
    {
        NeverAnswer();
        using var call = Call(Within(TimeSpan.FromMilliseconds(200)));

        var failure = await FailureOf(call);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
        await Store.ToldToStop;
    }

    [Fact]
    public async Task Deadline_PassesWhileStoreBlocksItsThread_Fails()
    {
        using var release = new ManualResetEventSlim();
        var left = new TaskCompletionSource();
        Store.Answer = (_, _) =>
        {
            release.Wait(Limits.Wait);
            left.SetResult();
            return Task.FromResult(new GetArtifactsByIDResponse());
        };
        using var call = Call(Within(TimeSpan.FromMilliseconds(200)));

        var failure = await FailureOf(call);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        release.Set();
        await left.Task.WaitAsync(Limits.Wait);
    }

    [Fact]
    public void BlockingCall_DeadlinePasses_Throws()
    {
        NeverAnswer();

        var failure = Assert.Throws<RpcException>(
            () => Client.GetArtifactsByID(new GetArtifactsByIDRequest(), Within(TimeSpan.FromMilliseconds(200))));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task Deadline_PassedAlready_FailsWithoutReachingTheStore()
    {
        using var call = Call(Within(TimeSpan.FromSeconds(-1)));

        var failure = await FailureOf(call);

        Assert.Equal(new Status(StatusCode.DeadlineExceeded, ""), failure.Status);
        Assert.Equal(0, Store.Calls);
    }

    [Fact]
    public async Task Deadline_Earliest_HasPassed()
    {
        using var call = Call(new CallOptions(deadline: DateTime.MinValue));

        var failure = await FailureOf(call);

        Assert.Equal(new Status(StatusCode.DeadlineExceeded, ""), failure.Status);
        Assert.Equal(0, Store.Calls);
    }

    [Fact]
    public void Deadline_InLocalTime_IsRefusedAtOnce()
    {
        var options = new CallOptions(deadline: new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Local));

        Assert.Throws<InvalidOperationException>(() => Call(options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60 * 24)]
    [InlineData(60 * 24 * 400)]
    public async Task Deadline_Ahead_IsToldToTheStore(int minutes)
    {
        DateTime? told = null;
        Store.Answer = (_, context) =>
        {
            told = context.Deadline;
            return Task.FromResult(new GetArtifactsByIDResponse());
        };
        var options = Within(TimeSpan.FromMinutes(minutes));
        using var call = Call(options);

        await call;

        // Over HTTP/2 it travels as a time span of three digits.
        Assert.Equal(options.Deadline!.Value, told!.Value, TimeSpan.FromMinutes(minutes * 0.02 + 0.5));
    }

    [Fact]
    public async Task Deadline_NoneOrLatest_IsLatest()
    {
        var told = new List<DateTime>();
        Store.Answer = (_, context) =>
        {
            told.Add(context.Deadline);
            return Task.FromResult(new GetArtifactsByIDResponse());
        };

        await Call();
        await Call(new CallOptions(deadline: DateTime.MaxValue));

        Assert.Equal([DateTime.MaxValue, DateTime.MaxValue], told);
    }
}
