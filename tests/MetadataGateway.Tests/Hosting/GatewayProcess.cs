using System.Diagnostics;
using System.Text;

namespace MetadataGateway.Tests.Hosting;

/// <summary>The gateway as operators start it: a process of its own, with arguments, environment and a working directory of the test's.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Uri? _lastAddress;

    private GatewayProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data, _output);
        process.ErrorDataReceived += (_, line) => Take(line.Data, _errors);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The gateway ended."));
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public static GatewayProcess Start(string directory, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MetadataGateway.dll"), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of the machine's own settings.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.Contains("__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var gateway = new GatewayProcess(new Process { StartInfo = start });
        gateway._process.Start();
        gateway._process.BeginOutputReadLine();
        gateway._process.BeginErrorReadLine();
        return gateway;
    }

    /// <summary>Where the REST API listens, once it does.</summary>
    public Task<Uri> ListensAt() => _address.Task.WaitAsync(Patience);

    public async Task<int> ExitCode()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line, StringBuilder text)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.AppendLine(line);
        }

        if (line.Contains("Now listening on: ", StringComparison.Ordinal))
        {
            // The embedded store's own port comes first.
            _lastAddress = new Uri(line.Split(": ")[^1].Trim());
        }
        else if (line.Contains("Application started", StringComparison.Ordinal) && _lastAddress is { } address)
        {
            _address.TrySetResult(address);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
