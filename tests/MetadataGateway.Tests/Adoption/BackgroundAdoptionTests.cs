using System.Net;
using MetadataGateway.Adoption;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using Microsoft.Extensions.DependencyInjection;

namespace MetadataGateway.Tests.Adoption;

/// <summary>Adoption that goes on by itself.</summary>
public sealed class BackgroundAdoptionTests
{
    private const string Run = "run-2026-11-24T08:37:52.226936";

    [Fact]
    public async Task Start_OnWhatTheSdkLeft_AdoptsItAndKeepsThePosition()
    {
        using var folder = new TemporaryFolder();
        var path = folder.CopyOf("Fixtures/sdk-demo.db");

        await using var gateway = new GatewayFactory().With("EmbeddedStore:DatabasePath", path).WithBackgroundAdoption();
        await ComesToAnEnd(gateway, "executions", "2");
        await ComesToAnEnd(gateway, "artifacts", "3");

        var run = (await gateway.Store.GetContextsByTypeAsync(new() { TypeName = "kubeflow.org/alpha/run" })).Contexts.Single();
        Assert.Equal($"1/{Run}", run.Name);
        Assert.Equal([1], (await gateway.Store.GetExecutionsByContextAsync(new() { ContextId = run.Id })).Executions.Select(execution => execution.Id));
        Assert.Equal([1, 2, 3], (await gateway.Store.GetArtifactsByContextAsync(new() { ContextId = run.Id })).Artifacts.Select(artifact => artifact.Id));
        var model = await gateway.Store.GetArtifact("2");
        Assert.Equal(
            ["__kf_run__", "__kf_workspace__", "hyperparameters.early_stop", "hyperparameters.learning_rate", "labels.mylabel"],
            model.CustomProperties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([Run], (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/workspace_1/runs")).Names());
    }

    [Fact]
    public async Task Start_WithoutRegistration_LeavesAFreshStoreFresh()
    {
        await using var gateway = new GatewayFactory().With("MetadataStore:RegisterTypes", "false").WithBackgroundAdoption();

        (await gateway.Client.GetJson("/readyz")).Expect(HttpStatusCode.OK);
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/w/runs")).ExpectProblem(HttpStatusCode.NotFound);

        Assert.Empty((await gateway.Store.GetContextTypesAsync(new())).ContextTypes);
        Assert.Empty((await gateway.Store.GetContextsAsync(new())).Contexts);
    }

    [Fact]
    public async Task Start_OnAnEmptyStore_IsAFewReads()
    {
        await using var gateway = new GatewayFactory().WithBackgroundAdoption();
        await gateway.Client.GetJson("/livez");
        // The last one is for artifacts that were changed, of a server that can select them.
        string[] reads = ["GetContextByTypeAndName", "GetExecutions", "GetContextByTypeAndName", "GetArtifacts", .. gateway.Profile.Abilities.HasFlag(StoreAbility.Filters) ? ["GetArtifacts"] : Array.Empty<string>()];

        for (var patience = 300; gateway.Calls.Methods.SkipWhile(method => method != "GetContextByTypeAndName").Count() < reads.Length; patience--)
        {
            Assert.True(patience > 0, "Less was read.");
            await Task.Delay(20);
        }

        var ofAdoption = gateway.Calls.Methods.SkipWhile(method => method != "GetContextByTypeAndName");
        Assert.Equal(reads, ofAdoption);
    }

    [Fact]
    public async Task Stop_InTheMiddle_EndsCleanly()
    {
        await using var store = await StoreServer.StartAsync();
        var reached = new TaskCompletionSource();
        await using (var gateway = GatewayFactory.For(store.Address).WithBackgroundAdoption())
        {
            store.Before = (method, context) =>
            {
                if (method != "GetExecutions")
                {
                    return Task.CompletedTask;
                }

                reached.TrySetResult();
                return Task.Delay(Timeout.Infinite, context.CancellationToken);
            };
            await gateway.BecomesReady();
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
            var background = gateway.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<BackgroundAdoption>().Single();

            await background.StopAsync(default).WaitAsync(TimeSpan.FromSeconds(30));

            Assert.False(background.ExecuteTask!.IsFaulted);
        }
    }

    private static async Task ComesToAnEnd(GatewayFactory gateway, string list, string position)
    {
        for (var patience = 600; ; patience--)
        {
            Assert.True(patience > 0, $"The {list} were not adopted.");
            var state = (await gateway.Store.GetContextByTypeAndNameAsync(new() { TypeName = AdoptionState.TypeName, ContextName = $"adoption/{list}" })).Context;
            if (state?.CustomProperties["position"].StringValue == position)
            {
                return;
            }

            await Task.Delay(50);
        }
    }
}
