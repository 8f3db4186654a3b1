using MetadataGateway.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MetadataGateway.Tests.Operations;

public class HealthCheckProbeTests
{
    [Theory]
    [InlineData(StatusCodes.Status200OK, 0)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 1)]
    [InlineData(StatusCodes.Status404NotFound, 1)]
    public async Task RunAsync_WithUrl_ExitCodeFollowsStatus(int status, int exitCode)
    {
        await using var server = await StartServerAsync(status);
        using var output = new StringWriter();

        var result = await HealthCheckProbe.RunAsync(["--health-check", new Uri(AddressOf(server), "livez").ToString()], null, output);

        Assert.Equal(exitCode, result);
        Assert.Contains($"/livez: {status} answer of /livez", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://+:{0}")]
    [InlineData("http://*:{0}/;http://localhost:1")]
    [InlineData("http://0.0.0.0:{0}")]
    [InlineData("http://127.0.0.1:{0}")]
    public async Task RunAsync_WithoutUrl_AsksReadinessAtTheListenAddress(string listenAddresses)
    {
        await using var server = await StartServerAsync(StatusCodes.Status200OK);
        using var output = new StringWriter();

        var result = await HealthCheckProbe.RunAsync(
            ["--health-check"], listenAddresses.Replace("{0}", $"{AddressOf(server).Port}", StringComparison.Ordinal), output);

        Assert.Equal(0, result);
        Assert.Contains("200 answer of /readyz", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NobodyListens_IsUnhealthyAndSaysWhere()
    {
        var server = await StartServerAsync(StatusCodes.Status200OK);
        var address = AddressOf(server);
        await server.DisposeAsync();
        using var output = new StringWriter();

        var result = await HealthCheckProbe.RunAsync(["--health-check", new Uri(address, "readyz").ToString()], null, output);

        Assert.Equal(1, result);
        Assert.StartsWith($"{new Uri(address, "readyz")}: ", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--health-check", "not a url")]
    [InlineData("--health-check", "ftp://localhost/readyz")]
    [InlineData("--health-check", "http://localhost/readyz", "extra")]
    public async Task RunAsync_WithBadArguments_PrintsUsage(params string[] args)
    {
        using var output = new StringWriter();

        var result = await HealthCheckProbe.RunAsync(args, null, output);

        Assert.Equal(1, result);
        Assert.StartsWith("usage: ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void IsAskedFor_OnlyAsFirstArgument()
    {
        Assert.True(HealthCheckProbe.IsAskedFor(["--health-check"]));
        Assert.False(HealthCheckProbe.IsAskedFor([]));
        Assert.False(HealthCheckProbe.IsAskedFor(["--urls", "--health-check"]));
    }

    private static async Task<WebApplication> StartServerAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/{endpoint}", (string endpoint) => Results.Text($"answer of /{endpoint}", statusCode: status));
        await server.StartAsync();
        return server;
    }

    private static Uri AddressOf(WebApplication server) => new(server.Urls.First());
}
