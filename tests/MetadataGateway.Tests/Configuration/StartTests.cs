using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Configuration;

/// <summary>The service started as a process: what stops it, where its settings come from, and where it listens.</summary>
public sealed class StartTests : IDisposable
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";
    private const string InMemory = "--EmbeddedStore:DatabasePath=:memory:";
    private const string NoGrpc = "--EmbeddedStore:GrpcUrl=";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("metadata-gateway-start");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("MetadataStore:Address", "mlmd:8080")]
    [InlineData("MetadataStore:Address", "http://mlmd:8080/path")]
    [InlineData("MetadataStore:Deadline", "0")]
    [InlineData("MetadataStore:Deadline", "soon")]
    [InlineData("MetadataStore:MaxMessageSize", "-1")]
    [InlineData("Limits:RequestBody", "8MiB")]
    [InlineData("EmbeddedStore:GrpcUrl", "nowhere")]
    [InlineData("EmbeddedStore:GrpcUrl", "http://example.org:9090")]
    [InlineData("EmbeddedStore:GrpcWeb", "perhaps")]
    [InlineData("Adoption:Enabled", "perhaps")]
    [InlineData("EmbeddedStore:DatabasePath", "/proc/nothing/metadata.db")]
    [InlineData("EmbeddedStore:DatabasePath", "")]
    [InlineData("urls", "nowhere")]
    public async Task Start_WithABadValue_EndsWithTheKeyOnTheErrorStream(string key, string value)
    {
        await using var gateway = GatewayProcess.Start(_directory.FullName, null, AnyPort, NoGrpc, InMemory, $"--{key}={value}");

        var status = await gateway.ExitCode();

        Assert.Equal(1, status);
        Assert.Contains(key, gateway.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", gateway.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--EmbeddedStore:GrpcUrl=http://127.0.0.1:{0}", "EmbeddedStore:GrpcUrl")]
    [InlineData("--urls=http://127.0.0.1:{0}", "urls")]
    public async Task Start_AtABusyPort_EndsWithTheKey(string setting, string key)
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        await using var gateway = GatewayProcess.Start(
            _directory.FullName, null, AnyPort, NoGrpc, InMemory, string.Format(System.Globalization.CultureInfo.InvariantCulture, setting, port));

        var status = await gateway.ExitCode();

        Assert.Equal(1, status);
        Assert.Contains(key, gateway.Errors, StringComparison.Ordinal);
        Assert.Contains($"{port}", gateway.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnADatabaseInUse_EndsWithTheKey()
    {
        await using var first = GatewayProcess.Start(_directory.FullName, null, AnyPort, NoGrpc);
        await first.ListensAt();
        await using var second = GatewayProcess.Start(_directory.FullName, null, AnyPort, NoGrpc);

        var status = await second.ExitCode();

        Assert.Equal(1, status);
        Assert.Contains("EmbeddedStore:DatabasePath", second.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_directory.FullName, "data", "metadata.db")));
    }

    [Fact]
    public async Task Start_WithABrokenSettingsFile_EndsWithItsName()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "appsettings.json"), """{"Limits": """);
        await using var gateway = GatewayProcess.Start(_directory.FullName, null, AnyPort, NoGrpc, InMemory);

        var status = await gateway.ExitCode();

        Assert.Equal(1, status);
        Assert.Contains("appsettings.json", gateway.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_FromEverySource_TheCommandLineWinsThenTheEnvironment()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "appsettings.json"),
            """{"Limits": {"RequestBody": 1001, "ScanBudget": 0}, "MetadataStore": {"Deadline": "0", "MaxMessageSize": 1}}""");
        var environment = new Dictionary<string, string> { ["Limits__ScanBudget"] = "5", ["Limits__RequestBody"] = "2000", ["ASPNETCORE_URLS"] = "http://127.0.0.1:1" };
        await using var gateway = GatewayProcess.Start(
            _directory.FullName, environment, AnyPort, NoGrpc, InMemory, "--Limits:RequestBody=3000", "--MetadataStore:Deadline=00:00:05", "--MetadataStore:MaxMessageSize=2000000");
        using var client = new HttpClient { BaseAddress = await gateway.ListensAt() };

        var below = await client.PostJson($"{HttpJson.Api}/workspaces", $$"""{"name": "a", "description": "{{new string('x', 2500)}}"}""");
        var above = await client.PostJson($"{HttpJson.Api}/workspaces", $$"""{"name": "b", "description": "{{new string('x', 3000)}}"}""");

        below.Expect(HttpStatusCode.Created);
        above.ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Settings_FromTheEnvironment_WinOverTheDefaults()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["EmbeddedStore__DatabasePath"] = "kept/here.db",
            ["EmbeddedStore__GrpcUrl"] = "",
        };
        await using var gateway = GatewayProcess.Start(_directory.FullName, environment);

        var address = await gateway.ListensAt();

        Assert.NotEqual(8080, address.Port);
        Assert.True(File.Exists(Path.Combine(_directory.FullName, "kept", "here.db")));
    }

    [Fact]
    public async Task GrpcUrl_ServesTheGeneratedClientOnTheSameStore()
    {
        var port = StoreServer.FreePort();
        await using var gateway = GatewayProcess.Start(_directory.FullName, null, AnyPort, InMemory, $"--EmbeddedStore:GrpcUrl=http://127.0.0.1:{port}");
        using var rest = new HttpClient { BaseAddress = await gateway.ListensAt() };
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var grpc = new MetadataStoreService.MetadataStoreServiceClient(channel);

        var byRest = await rest.PostJson($"{HttpJson.Api}/workspaces", """{"name": "by-rest"}""");
        var byGrpc = await grpc.PutContextsAsync(new()
        {
            Contexts = { new Context { Name = "by-grpc", TypeId = (await grpc.GetContextTypeAsync(new() { TypeName = "kubeflow.org/alpha/workspace" })).ContextType.Id } },
        });

        Assert.Equal("by-rest", Assert.Single((await grpc.GetContextsByIDAsync(new() { ContextIds = { long.Parse((string)byRest["id"]!, System.Globalization.CultureInfo.InvariantCulture) } })).Contexts).Name);
        Assert.Equal($"{byGrpc.ContextIds[0]}", (string?)(await rest.GetJson($"{HttpJson.Api}/workspaces/by-grpc"))["id"]);
    }

    [Fact]
    public async Task Start_WithAMisspeltKey_WarnsAndServes()
    {
        await using var gateway = GatewayProcess.Start(_directory.FullName, null, AnyPort, NoGrpc, InMemory, "--MetadataStore:Adress=http://mlmd:8080");

        await gateway.ListensAt();

        Assert.Contains("MetadataStore:Adress", gateway.Output, StringComparison.Ordinal);
        Assert.Contains("did you mean MetadataStore:Address?", gateway.Output, StringComparison.Ordinal);
    }
}
