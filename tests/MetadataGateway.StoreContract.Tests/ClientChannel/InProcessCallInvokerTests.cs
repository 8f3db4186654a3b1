using Grpc.Core;
using MetadataGateway.MetadataStore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

/// <summary>What only the in-process invoker has: a clock from outside, a log, and its table of methods.</summary>
public sealed class InProcessCallInvokerTests
{
    private readonly ScriptedStore _store = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ErrorLog _log = new();

    private MetadataStoreService.MetadataStoreServiceClient Client => new(new InProcessCallInvoker(_store, null, _clock, _log));

    [Fact]
    public async Task Deadline_ByTheGivenClock_PassesThenAndNotBefore()
    {
        _store.Answer = (_, _) => new TaskCompletionSource<GetArtifactsByIDResponse>().Task;
        using var call = Client.GetArtifactsByIDAsync(
            new GetArtifactsByIDRequest(), deadline: _clock.GetUtcNow().UtcDateTime.AddSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());

        _clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(new Status(StatusCode.DeadlineExceeded, ""), call.GetStatus());
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Limits.Wait));
    }

    [Fact]
    public void Deadline_BeyondTheLongestTimer_PassesInSteps()
    {
        _store.Answer = (_, _) => new TaskCompletionSource<GetArtifactsByIDResponse>().Task;
        using var call = Client.GetArtifactsByIDAsync(
            new GetArtifactsByIDRequest(), deadline: _clock.GetUtcNow().UtcDateTime.AddDays(120));

        _clock.Advance(TimeSpan.FromDays(50));
        _clock.Advance(TimeSpan.FromDays(50));
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());

        _clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task StoreFailure_Unexpected_IsLogged()
    {
        _store.Answer = (_, _) => throw new InvalidOperationException("the reason");

        await Assert.ThrowsAsync<RpcException>(async () => await Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest()));

        Assert.Equal("the reason", Assert.Single(_log.Errors).Message);
    }

    [Fact]
    public async Task StoreFailure_MeantForTheClient_IsNotLogged()
    {
        _store.Answer = (_, _) => throw new RpcException(new Status(StatusCode.NotFound, "gone"));

        await Assert.ThrowsAsync<RpcException>(async () => await Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest()));

        Assert.Empty(_log.Errors);
    }

    [Fact]
    public async Task MessageSize_Unlimited_TakesMoreThanTheDefaultOfGrpc()
    {
        var uri = new string('x', 8 * 1024 * 1024);
        _store.Answer = (_, _) => Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Uri = uri } } });

        var response = await Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest());

        Assert.Equal(uri.Length, response.Artifacts.Single().Uri.Length);
    }

    [Fact]
    public void MethodTable_OfAService_HoldsEveryDeclaredMethod()
    {
        var declared = MetadataStoreService.Descriptor.Methods.Select(method => $"/{method.Service.FullName}/{method.Name}");

        var table = UnaryMethodTable.Of(_store);

        Assert.Equal(declared.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
    }

    private sealed class ErrorLog : ILogger<InProcessCallInvoker>
    {
        public List<Exception> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error && exception is not null)
                Errors.Add(exception);
        }
    }
}
