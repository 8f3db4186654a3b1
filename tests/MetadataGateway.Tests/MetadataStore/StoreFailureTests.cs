using System.Net;
using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.MetadataStore;

/// <summary>A real MLMD behind the gateway that answers with errors: what the HTTP client sees, and how often MLMD is asked.</summary>
public sealed class StoreFailureTests : IAsyncLifetime
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";
    private const string Secret = "SELECT secret FROM Artifact; /var/lib/mlmd.db at 10.0.0.7:3306";

    private StoreServer _store = null!;
    private GatewayFactory _gateway = null!;

    public async Task InitializeAsync()
    {
        _store = await StoreServer.StartAsync();
        _gateway = GatewayFactory.For(_store.Address).With("MetadataStore:Deadline", "00:00:10");
        await _gateway.BecomesReady();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Theory]
    [InlineData(StatusCode.Internal, 502, "INTERNAL")]
    [InlineData(StatusCode.Unknown, 502, "INTERNAL")]
    [InlineData(StatusCode.DataLoss, 502, "INTERNAL")]
    [InlineData(StatusCode.Cancelled, 502, "INTERNAL")]
    [InlineData(StatusCode.Unauthenticated, 502, "INTERNAL")]
    [InlineData(StatusCode.PermissionDenied, 502, "INTERNAL")]
    [InlineData(StatusCode.Aborted, 409, "ABORTED")]
    [InlineData(StatusCode.FailedPrecondition, 409, "FAILED_PRECONDITION")]
    [InlineData(StatusCode.ResourceExhausted, 413, "RESOURCE_EXHAUSTED")]
    [InlineData(StatusCode.Unimplemented, 501, "UNIMPLEMENTED")]
    [InlineData(StatusCode.Unavailable, 503, "UNAVAILABLE")]
    [InlineData(StatusCode.DeadlineExceeded, 504, "DEADLINE_EXCEEDED")]
    public async Task Read_WhenTheStoreFails_AnswersItsStatusWithoutItsText(StatusCode status, int expected, string code)
    {
        _store.Before = (_, _) => throw new RpcException(new Status(status, Secret));

        var answer = await _gateway.Client.GetJson($"{Workspaces}/x");

        answer.ExpectProblem((HttpStatusCode)expected);
        Assert.Equal(code, (string?)answer["code"]);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/var", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.7", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", answer.Text, StringComparison.Ordinal);
        Assert.Equal(status == StatusCode.Unavailable, answer.Message.Headers.RetryAfter is not null);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, 400, "INVALID_ARGUMENT")]
    [InlineData(StatusCode.OutOfRange, 400, "INVALID_ARGUMENT")]
    [InlineData(StatusCode.AlreadyExists, 409, "ALREADY_EXISTS")]
    public async Task Read_WhenTheStoreRefuses_ShowsTheFirstLineOfItsReason(StatusCode status, int expected, string code)
    {
        _store.Before = (_, _) => throw new RpcException(new Status(status, "Type is not known.\nDebug: type { name: \"t\" }"));

        var answer = await _gateway.Client.GetJson($"{Workspaces}/x");

        answer.ExpectProblem((HttpStatusCode)expected);
        Assert.Equal(code, (string?)answer["code"]);
        Assert.Equal("Type is not known.", (string?)answer["detail"]);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, 2)]
    [InlineData(StatusCode.Internal, 1)]
    [InlineData(StatusCode.ResourceExhausted, 1)]
    public async Task Read_WhenTheStoreFails_IsRepeatedOnceIfItWasUnavailable(StatusCode status, int calls)
    {
        _store.Before = (method, _) => method == "GetContextByTypeAndName" ? throw new RpcException(new Status(status, "")) : Task.CompletedTask;

        await _gateway.Client.GetJson($"{Workspaces}/x");

        Assert.Equal(calls, _store.CallsOf("GetContextByTypeAndName"));
    }

    [Fact]
    public async Task Write_WhenTheStoreIsUnavailable_IsSentOnce()
    {
        _store.Before = (method, _) => method == "PutContexts" ? throw new RpcException(new Status(StatusCode.Unavailable, "")) : Task.CompletedTask;

        var answer = await _gateway.Client.PostJson(Workspaces, """{"name": "x"}""");

        answer.ExpectProblem(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(1, _store.CallsOf("PutContexts"));
    }

    [Fact]
    public async Task Write_WhenTheStoreAbortsTwice_IsStored()
    {
        var aborts = 2;
        _store.Before = (method, _) => method == "PutContexts" && Interlocked.Decrement(ref aborts) >= 0
            ? throw new RpcException(new Status(StatusCode.Aborted, ""))
            : Task.CompletedTask;

        var answer = await _gateway.Client.PostJson(Workspaces, """{"name": "x"}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal(3, _store.CallsOf("PutContexts"));
    }

    [Fact]
    public async Task Write_WhenTheStoreAbortsAlways_Returns409AfterSeveralTries()
    {
        _store.Before = (method, _) => method == "PutContexts" ? throw new RpcException(new Status(StatusCode.Aborted, "")) : Task.CompletedTask;

        var answer = await _gateway.Client.PostJson(Workspaces, """{"name": "x"}""");

        answer.ExpectProblem(HttpStatusCode.Conflict);
        Assert.Equal("ABORTED", (string?)answer["code"]);
        Assert.InRange(_store.CallsOf("PutContexts"), 4, 10);
    }

    [Fact]
    public async Task Read_WhenTheStoreNeverAnswers_Returns504AndTellsTheStore()
    {
        var toldToStop = new TaskCompletionSource();
        _store.Before = (_, context) =>
        {
            context.CancellationToken.Register(toldToStop.SetResult);
            return Task.Delay(Timeout.Infinite, context.CancellationToken);
        };

        var answer = await _gateway.Client.GetJson($"{Workspaces}/x");

        answer.ExpectProblem(HttpStatusCode.GatewayTimeout);
        Assert.Equal("DEADLINE_EXCEEDED", (string?)answer["code"]);
        await toldToStop.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Read_WhenTheAnswerIsTooLarge_Returns413()
    {
        await using var gateway = GatewayFactory.For(_store.Address).With("MetadataStore:MaxMessageSize", "1048576");
        await gateway.BecomesReady();
        var body = $$"""{"name": "large", "description": "{{new string('x', 2 * 1024 * 1024)}}"}""";

        var answer = await gateway.Client.PostJson(Workspaces, body);

        answer.ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Ready_WhenTheStoreFails_Returns503AndAliveStays()
    {
        _store.Before = (_, _) => throw new RpcException(new Status(StatusCode.Internal, Secret));

        var ready = await _gateway.Client.GetJson("/readyz");
        var alive = await _gateway.Client.GetJson("/livez");

        ready.Expect(HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain("secret", ready.Text, StringComparison.Ordinal);
        alive.Expect(HttpStatusCode.OK);
    }

    [Fact]
    public void StatusTable_GivesNoProblemForASuccess()
    {
        var codes = Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK);

        Assert.All(codes, code => Assert.InRange(GrpcStatusMapping.ToProblemType(code).Status, 400, 504));
    }
}
