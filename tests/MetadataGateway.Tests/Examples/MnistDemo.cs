using System.Diagnostics;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Examples;

/// <summary>A gateway of its own after the demo script ran against it, with bash and curl as a reader of the documentation would.</summary>
public sealed class MnistDemo : IAsyncLifetime, IDisposable
{
    private readonly GatewayFactory _gateway = new();

    public HttpClient Client => _gateway.Client;

    internal MetadataStoreService.MetadataStoreServiceClient Store => _gateway.Store;

    internal (int ExitCode, string Output, string Errors) Result { get; private set; }

    public async Task InitializeAsync() => Result = await RunScriptAsync();

    internal async Task<(int ExitCode, string Output, string Errors)> RunScriptAsync()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "Examples", "mnist.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GATEWAY"] = Client.BaseAddress!.ToString() },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _gateway.Dispose();
}
