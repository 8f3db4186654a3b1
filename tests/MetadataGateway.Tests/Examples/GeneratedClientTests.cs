using System.Diagnostics;
using System.Text.RegularExpressions;
using Google.Protobuf;
using MetadataGateway.Client;
using MetadataGateway.Tests.Hosting;
using MlMetadata;
using DemoInCSharp = MetadataGateway.Client.MnistDemo;

namespace MetadataGateway.Tests.Examples;

/// <summary>Clients that were generated from the OpenAPI document run the demo, too: what is stored is what the script stores.</summary>
public sealed partial class GeneratedClientTests(MnistDemo script) : IClassFixture<MnistDemo>, IDisposable
{
    private readonly GatewayFactory _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Demo_InCSharp_StoresWhatTheScriptStores()
    {
        await new DemoInCSharp(_gateway.Client).RunAsync();

        Assert.Equal(await DescribeAsync(script.Store), await DescribeAsync(_gateway.Store));
    }

    [FactWithTypeScript]
    public async Task Demo_InTypeScript_StoresWhatTheScriptStores()
    {
        var start = new ProcessStartInfo("node", [FactWithTypeScriptAttribute.Demo!, _gateway.Client.BaseAddress!.ToString().TrimEnd('/')]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, errors);
        Assert.Equal(await DescribeAsync(script.Store), await DescribeAsync(_gateway.Store));
    }

    [Fact]
    public async Task QuickStart_RecordsTheExecution()
    {
        await QuickStart.RunAsync(_gateway.Client);

        var execution = Assert.Single((await _gateway.Store.GetExecutionsAsync(new())).Executions);
        Assert.Equal(Execution.Types.State.Complete, execution.LastKnownState);
        Assert.Equal(2, (await _gateway.Store.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { execution.Id } })).Events.Count);
    }

    [Fact]
    public void QuickStart_IsWhatTheDocumentationShows()
    {
        var documentation = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", "clients.md"));
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", "QuickStart.cs"));

        var lines = source.Split("        // docs/clients.md\n")[1].Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line);
        Assert.Contains(string.Join('\n', lines).Trim(), documentation, StringComparison.Ordinal);
    }

    // Every record and link, but for times.
    private static async Task<string> DescribeAsync(MetadataStoreService.MetadataStoreServiceClient store)
    {
        var contexts = (await store.GetContextsAsync(new())).Contexts;
        var artifacts = (await store.GetArtifactsAsync(new())).Artifacts;
        var executions = (await store.GetExecutionsAsync(new())).Executions;
        var events = (await store.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { executions.Select(execution => execution.Id) } })).Events;
        var records = contexts.Concat<IMessage>(artifacts).Concat(executions).Concat(events).Select(record => record.ToString()!).ToList();
        foreach (var context in contexts)
        {
            var parents = (await store.GetParentContextsByContextAsync(new() { ContextId = context.Id })).Contexts;
            var attributed = (await store.GetArtifactsByContextAsync(new() { ContextId = context.Id })).Artifacts;
            var associated = (await store.GetExecutionsByContextAsync(new() { ContextId = context.Id })).Executions;
            records.Add($"{context.Id}: parents {Ids(parents, parent => parent.Id)}, artifacts {Ids(attributed, node => node.Id)}, executions {Ids(associated, node => node.Id)}");
        }

        return Hash().Replace(Time().Replace(string.Join('\n', records), "<time>"), "<hash>");
    }

    private static string Ids<T>(IEnumerable<T> nodes, Func<T, long> idOf) => string.Join(' ', nodes.Select(idOf).Order());

    [GeneratedRegex(@"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|(?<=SinceEpoch"": "")\d+")]
    private static partial Regex Time();

    // The external id of a data set or model stands for its version, too, which holds the time.
    [GeneratedRegex("(?<=metadata-gateway/)[0-9a-f]+")]
    private static partial Regex Hash();
}

/// <summary>Runs where .ci/clients.sh has compiled the demo; Node.js is nothing that 'dotnet test' asks for.</summary>
public sealed class FactWithTypeScriptAttribute : FactAttribute
{
    public FactWithTypeScriptAttribute() =>
        Skip = Demo is null ? "TYPESCRIPT_DEMO does not name the compiled demo: .ci/clients.sh compiles it." : null!;

    public static string? Demo => Environment.GetEnvironmentVariable("TYPESCRIPT_DEMO");
}
