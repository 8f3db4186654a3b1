using System.Net;
using System.Net.Sockets;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.MetadataStore;

/// <summary>The gateway while MLMD is not there, or is there and says nothing.</summary>
public sealed class StoreAwayTests
{
    [Fact]
    public async Task Gateway_WithoutItsStore_ServesAndBecomesReadyWhenTheStoreComes()
    {
        var port = StoreServer.FreePort();
        await using var gateway = GatewayFactory.For(new Uri($"http://127.0.0.1:{port}"));

        var alive = await gateway.Client.GetJson("/livez");
        var notReady = await gateway.Client.GetJson("/readyz");
        var read = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/x");
        var write = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "x"}""");

        alive.Expect(HttpStatusCode.OK);
        notReady.Expect(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("remote", (string?)notReady["store"]);
        Assert.All([read, write], answer =>
        {
            answer.ExpectProblem(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("UNAVAILABLE", (string?)answer["code"]);
            Assert.NotNull(answer.Message.Headers.RetryAfter?.Delta);
            Assert.DoesNotContain($"{port}", answer.Text, StringComparison.Ordinal);
        });

        await using var store = await StoreServer.StartAsync(port);
        await gateway.BecomesReady();
        (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "x"}""")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Gateway_WhoseStoreAcceptsAndNeverSpeaks_Returns504()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        await using var gateway = GatewayFactory.For(new Uri($"http://{mute.LocalEndpoint}")).With("MetadataStore:Deadline", "00:00:00.500");

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/x");

        answer.ExpectProblem(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task Gateway_WhoseStoreIsNoMlmd_Returns5xxWithoutItsText()
    {
        await using var other = new GatewayFactory();
        await using var gateway = GatewayFactory.For(other.Client.BaseAddress!);

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/x");

        Assert.InRange((int)answer.Status, 501, 503);
        answer.ExpectProblem(answer.Status);
        Assert.DoesNotContain("HTTP", (string?)answer["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", answer.Text, StringComparison.Ordinal);
    }
}
