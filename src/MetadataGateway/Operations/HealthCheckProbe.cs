namespace MetadataGateway.Operations;

/// <summary>
/// The client side of the health endpoints, for a container's health check: the image has neither a shell nor curl.
/// <c>--health-check [url]</c> asks the url, or else <c>/readyz</c> at the first address of ASPNETCORE_URLS, and exits.
/// </summary>
internal static class HealthCheckProbe
{
    private const string Switch = "--health-check";
    private const string DefaultAddresses = "http://localhost:8080";
    private const int Healthy = 0;

    // Docker reserves the exit codes from 2 on.
    private const int Unhealthy = 1;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);

    public static bool IsAskedFor(string[] args) => args is [Switch, ..];

    public static Task<int> RunAsync(string[] args) =>
        RunAsync(args, Environment.GetEnvironmentVariable("ASPNETCORE_URLS"), Console.Error);

    internal static async Task<int> RunAsync(string[] args, string? listenAddresses, TextWriter output)
    {
        if (FindTarget(args, listenAddresses) is not { } target)
        {
            await output.WriteLineAsync($"usage: {Switch} [http://host:port/path]");
            return Unhealthy;
        }

        // A proxy of the environment is for calls to the outside.
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Timeout };

        try
        {
            using var response = await client.GetAsync(target);
            await output.WriteLineAsync($"{target}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            return response.IsSuccessStatusCode ? Healthy : Unhealthy;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync($"{target}: {failure.Message}");
            return Unhealthy;
        }
    }

    private static Uri? FindTarget(string[] args, string? listenAddresses) => args switch
    {
        [Switch] => ReadinessOf(listenAddresses),
        [Switch, var url] when Uri.TryCreate(url, UriKind.Absolute, out var target) && target.Scheme is "http" or "https" => target,
        _ => null,
    };

    private static Uri ReadinessOf(string? listenAddresses)
    {
        var addresses = string.IsNullOrWhiteSpace(listenAddresses) ? DefaultAddresses : listenAddresses;
        var address = BindingAddress.Parse(addresses.Split(';')[0]);
        var host = address.Host switch
        {
            "+" or "*" or "0.0.0.0" => "127.0.0.1",
            "[::]" => "[::1]",
            var named => named,
        };

        return new Uri($"{address.Scheme}://{host}:{address.Port}{address.PathBase}/readyz");
    }
}
