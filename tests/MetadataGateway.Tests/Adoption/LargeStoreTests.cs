using System.Diagnostics;
using System.Globalization;
using System.Net;
using MetadataGateway.Adoption;
using MetadataGateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace MetadataGateway.Tests.Adoption;

/// <summary>A store that the SDK filled before the gateway came. With ADOPTION_EXECUTIONS=200000 it is as large as that, and takes minutes.</summary>
[Trait("Size", "Large")]
public sealed class LargeStoreTests(ITestOutputHelper output)
{
    private const int ExecutionsOfARun = 20;
    private const string Runs = $"{HttpJson.Api}/workspaces/w/runs";

    private static readonly int Executions = int.Parse(Environment.GetEnvironmentVariable("ADOPTION_EXECUTIONS") ?? "12000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task FirstRunList_StaysWithinTheBudgetAndTwoReplicasFinish()
    {
        await using var store = await StoreServer.StartAsync();
        await using var first = GatewayFactory.For(store.Address).With("MetadataStore:Deadline", "00:01:00");
        await first.BecomesReady();
        await MeasureAsync("filled", () => FillAsync(first));

        var list = await MeasureAsync("first list", () => first.Client.GetJson($"{Runs}?pageSize=1000"));
        var descending = await MeasureAsync("descending list", () => first.Client.GetJson($"{Runs}?orderBy=id%20desc"));

        Assert.Equal("""{"examined":5000,"complete":false}""", list.Expect(HttpStatusCode.OK)["scan"].Raw());
        Assert.NotNull(list["nextPageToken"]);
        Assert.Equal("r0", list.Names()[0]);
        Assert.Equal((0, """{"examined":5000,"complete":false}"""), (descending["items"]!.AsArray().Count, descending["scan"].Raw()));
        await using var second = GatewayFactory.For(store.Address).WithBackgroundAdoption();
        await using var third = GatewayFactory.For(store.Address).WithBackgroundAdoption();
        await second.BecomesReady();
        await third.BecomesReady();

        await MeasureAsync("finished", () => Task.WhenAll(FinishesAsync(second), FinishesAsync(third)));

        var names = await MeasureAsync("walked", () => third.Client.NamesOfAllPages(Runs, 1000));
        Assert.Equal(Enumerable.Range(0, Executions / ExecutionsOfARun).Select(i => $"r{i}").Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        var run = await third.Client.GetJson($"{Runs}/r{(Executions / ExecutionsOfARun) - 1}");
        Assert.Equal(ExecutionsOfARun, (await third.Client.GetJson($"{HttpJson.Api}/contexts/{run["id"]}/executions"))["items"]!.AsArray().Count);
    }

    private static async Task FillAsync(GatewayFactory gateway)
    {
        var sdk = new SdkWriter(gateway.Store);
        await sdk.WorkspaceAsync("w");
        foreach (var chunk in Enumerable.Range(0, Executions).Chunk(4000))
        {
            await sdk.ExecutionsAsync("w", chunk.Select(i => $"r{i / ExecutionsOfARun}"));
        }
    }

    // What requests do, until all is done: the background works beside them.
    private static async Task FinishesAsync(GatewayFactory gateway)
    {
        var adoption = gateway.Services.GetRequiredService<RecordAdoption>();
        for (var patience = 0; !(await adoption.AdoptExecutionsAsync(500, default)).IsComplete; patience++)
        {
            Assert.InRange(patience, 0, Executions);
        }
    }

    private async Task<T> MeasureAsync<T>(string what, Func<Task<T>> act)
    {
        var clock = Stopwatch.StartNew();
        var result = await act();
        output.WriteLine($"{what}: {clock.Elapsed.TotalSeconds:F1} s");
        return result;
    }

    private Task<bool> MeasureAsync(string what, Func<Task> act) => MeasureAsync(what, async () =>
    {
        await act();
        return true;
    });
}
