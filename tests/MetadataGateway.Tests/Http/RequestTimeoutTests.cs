using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Http;

public sealed class RequestTimeoutTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("5s")]
    [InlineData(".")]
    public async Task RequestTimeout_ThatIsNoPositiveNumber_Returns400NamingTheHeader(string timeout)
    {
        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces", ("Request-Timeout", timeout));

        answer.ExpectProblem(HttpStatusCode.BadRequest, "Request-Timeout");
    }

    [Fact]
    public async Task RequestTimeout_WithOtherFaults_IsToldWithThem()
    {
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces?x=1", """{"name": ""}""", ("Request-Timeout", "soon"));

        answer.ExpectProblem(HttpStatusCode.BadRequest, "Request-Timeout", "name", "x");
    }

    [Theory]
    [InlineData("60")]
    [InlineData("59.5")]
    [InlineData("007")]
    [InlineData("99999999999999999999999999999999")]
    public async Task RequestTimeout_ThatIsLongEnough_ChangesNothing(string timeout)
    {
        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces", ("Request-Timeout", timeout));

        answer.Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("PUT", "{}")]
    public async Task RequestTimeout_ThatPassesAtOnce_Returns504(string method, string? body)
    {
        var answer = await gateway.Client.SendText(
            new HttpMethod(method), $"{HttpJson.Api}/workspaces/late{method}", body, ("Request-Timeout", "0.000000001"));

        answer.ExpectProblem(HttpStatusCode.GatewayTimeout);
        Assert.Equal("DEADLINE_EXCEEDED", (string?)answer["code"]);
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/late{method}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task RequestTimeout_WithAStoreThatNeverAnswers_EndsTheCallBeforeItsOwnDeadline()
    {
        await using var store = await StoreServer.StartAsync();
        await using var slow = GatewayFactory.For(store.Address).With("MetadataStore:Deadline", "01:00:00");
        await slow.BecomesReady();
        store.Before = (_, context) => Task.Delay(Timeout.Infinite, context.CancellationToken);

        var answer = await slow.Client.GetJson($"{HttpJson.Api}/workspaces/w", ("Request-Timeout", "0.2"));

        answer.ExpectProblem(HttpStatusCode.GatewayTimeout);
    }
}
