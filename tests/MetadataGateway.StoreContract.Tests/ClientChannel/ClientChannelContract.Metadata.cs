using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public abstract partial class ClientChannelContract
{
    private static readonly byte[] Bytes = [0, 255, 10, 44];

    /// <summary>The entries under keys of the tests' own; a network adds some of its own, such as date and user-agent.</summary>
    private static IEnumerable<(string Key, string Value)> Own(Metadata metadata) => metadata
        .Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal))
        .Select(entry => (entry.Key, entry.IsBinary ? Convert.ToHexString(entry.ValueBytes) : entry.Value))
        .OrderBy(entry => entry.Key, StringComparer.Ordinal);

    [Fact]
    public async Task RequestHeaders_OfTheClient_AreSeenByTheStore()
    {
        (string, string)[] seen = [];
        Store.Answer = (_, context) =>
        {
            seen = [.. Own(context.RequestHeaders)];
            return Task.FromResult(new GetArtifactsByIDResponse());
        };

        await Call(new CallOptions([new("x-text", "a, b"), new("X-Case", "As Is"), new("x-bytes-bin", Bytes), new("x-empty", "")]));

        Assert.Equal([("x-bytes-bin", "00FF0A2C"), ("x-case", "As Is"), ("x-empty", ""), ("x-text", "a, b")], seen);
    }

    [Fact]
    public async Task RequestHeaders_WithOneKeyTwice_AreJoined()
    {
        (string, string)[] seen = [];
        Store.Answer = (_, context) =>
        {
            seen = [.. Own(context.RequestHeaders)];
            return Task.FromResult(new GetArtifactsByIDResponse());
        };

        await Call(new CallOptions([new("x-twice", "one"), new("x-other", "between"), new("x-twice", "two")]));

        Assert.Equal([("x-other", "between"), ("x-twice", "one, two")], seen);
    }

    [Fact]
    public async Task Context_OfACall_NamesMethodHostAndPeer()
    {
        ServerCallContext? seen = null;
        (string Method, string Host, string Peer, bool Authenticated, StatusCode Status)? told = null;
        Store.Answer = (_, context) =>
        {
            seen = context;
            context.UserState["key"] = "value";
            told = (context.Method, context.Host, context.Peer, context.AuthContext.IsPeerAuthenticated, context.Status.StatusCode);
            return Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Name = (string)context.UserState["key"] } } });
        };

        var response = await Call();

        Assert.Equal("/ml_metadata.MetadataStoreService/GetArtifactsByID", told!.Value.Method);
        Assert.NotEmpty(told.Value.Host);
        Assert.NotEmpty(told.Value.Peer);
        Assert.False(told.Value.Authenticated);
        Assert.Equal(StatusCode.OK, told.Value.Status);
        Assert.Equal("value", response.Artifacts.Single().Name);
        Assert.NotNull(seen);
    }

    [Fact]
    public async Task ResponseHeaders_Written_ArriveBeforeTheAnswer()
    {
        var answer = new TaskCompletionSource<GetArtifactsByIDResponse>();
        Store.Answer = async (_, context) =>
        {
            await context.WriteResponseHeadersAsync([new("x-text", "one"), new("x-bytes-bin", Bytes), new("x-text", "two")]);
            return await answer.Task;
        };
        using var call = Call();

        var headers = await call.ResponseHeadersAsync.WaitAsync(Limits.Wait);

        Assert.Equal([("x-bytes-bin", "00FF0A2C"), ("x-text", "one"), ("x-text", "two")], Own(headers));
        Assert.False(call.ResponseAsync.IsCompleted);
        answer.SetResult(new GetArtifactsByIDResponse());
        await call;
    }

    [Fact]
    public async Task ResponseHeaders_WrittenTwice_FailsInTheStore()
    {
        Exception? failure = null;
        Store.Answer = async (_, context) =>
        {
            await context.WriteResponseHeadersAsync([new("x-text", "one")]);
            failure = await Record.ExceptionAsync(() => context.WriteResponseHeadersAsync([new("x-text", "two")]));
            return new GetArtifactsByIDResponse();
        };
        using var call = Call();

        await call;

        Assert.IsType<InvalidOperationException>(failure);
        Assert.Equal([("x-text", "one")], Own(await call.ResponseHeadersAsync));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResponseHeaders_NotWritten_AreThereAtTheEnd(bool fails)
    {
        Store.Answer = (_, _) => fails
            ? throw new RpcException(new Status(StatusCode.NotFound, "gone"))
            : Task.FromResult(new GetArtifactsByIDResponse());
        using var call = Call();

        var headers = await call.ResponseHeadersAsync.WaitAsync(Limits.Wait);

        Assert.Empty(Own(headers));
        await Record.ExceptionAsync(() => call.ResponseAsync);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResponseHeaders_OfAFailureWithTrailers_AreTheTrailersUnlessWrittenBefore(bool written)
    {
        Store.Answer = async (_, context) =>
        {
            if (written)
                await context.WriteResponseHeadersAsync([new("x-header", "one")]);
            throw new RpcException(new Status(StatusCode.Aborted, "busy"), [new("x-trailer", "two")]);
        };
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal([("x-trailer", "two")], Own(failure.Trailers));
        Assert.Equal([written ? ("x-header", "one") : ("x-trailer", "two")], Own(await call.ResponseHeadersAsync));
    }

    [Fact]
    public async Task Trailers_OfAnAnswer_Arrive()
    {
        Store.Answer = (_, context) =>
        {
            context.ResponseTrailers.Add("x-text", "one");
            context.ResponseTrailers.Add("x-bytes-bin", Bytes);
            context.ResponseTrailers.Add("x-text", "two");
            return Task.FromResult(new GetArtifactsByIDResponse());
        };
        using var call = Call();

        await call;

        Assert.Equal([("x-bytes-bin", "00FF0A2C"), ("x-text", "one"), ("x-text", "two")], Own(call.GetTrailers()));
    }

    [Fact]
    public async Task Trailers_OfAFailure_AreThoseOfContextAndException()
    {
        Store.Answer = (_, context) =>
        {
            context.ResponseTrailers.Add("x-both", "context");
            context.ResponseTrailers.Add("x-context", "1");
            throw new RpcException(new Status(StatusCode.Aborted, "busy"), [new("x-both", "exception"), new("x-exception-bin", Bytes)]);
        };
        using var call = Call();

        var failure = await FailureOf(call);

        (string, string)[] expected = [("x-both", "context"), ("x-both", "exception"), ("x-context", "1"), ("x-exception-bin", "00FF0A2C")];
        Assert.Equal(expected, Own(failure.Trailers));
        Assert.Equal(expected, Own(call.GetTrailers()));
    }

    [Fact]
    public async Task Trailers_OfAnUnexpectedFailure_Arrive()
    {
        Store.Answer = (_, context) =>
        {
            context.ResponseTrailers.Add("x-text", "kept");
            throw new InvalidOperationException("secret");
        };
        using var call = Call();

        var failure = await FailureOf(call);

        Assert.Equal([("x-text", "kept")], Own(failure.Trailers));
    }

    [Fact]
    public async Task Trailers_ChangedByTheClient_AreItsOwn()
    {
        var sent = new Metadata { { "x-text", "one" } };
        Store.Answer = (_, _) => throw new RpcException(new Status(StatusCode.Aborted, "busy"), sent);
        using var call = Call();

        var failure = await FailureOf(call);
        failure.Trailers.Add("x-more", "two");

        Assert.Equal([("x-text", "one")], Own(sent));
    }
}
