using System.Net;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.MetadataStore;

/// <summary>What the gateway finds out about the MLMD behind it, and what it makes of it.</summary>
public sealed class StoreProbeTests
{
    [Fact]
    public async Task Ready_ShowsWhatTheStoreCanDo()
    {
        await using var store = await StoreServer.StartAsync();
        await using var gateway = GatewayFactory.For(store.Address);
        await gateway.BecomesReady();

        var ready = await gateway.Client.GetJson("/readyz");

        Assert.Equal("""{"release":"1.15 to 1.17","backEnd":"SQLite","filter":true,"ignoresCase":false,"integerBits":64}""", ready["mlmd"]!.ToJsonString());
    }

    [Fact]
    public async Task Ready_AfterTheStoreWasAway_ShowsTheOneThatCameBack()
    {
        var port = StoreServer.FreePort();
        await using var gateway = GatewayFactory.For(new Uri($"http://127.0.0.1:{port}"));
        await using (await StoreServer.StartAsync(port))
        {
            await gateway.BecomesReady();
        }

        (await gateway.Client.GetJson("/readyz")).Expect(HttpStatusCode.ServiceUnavailable);
        await using var other = await StoreServer.StartAsync(port);
        other.Before = (method, _) => method == "GetArtifacts" ? throw new RpcException(new Status(StatusCode.Unimplemented, "")) : Task.CompletedTask;
        await gateway.BecomesReady();
        var ready = await gateway.Client.GetJson("/readyz");

        Assert.Equal("""{"release":"1.21 or newer","backEnd":"SQLite or MySQL","filter":false,"ignoresCase":false,"integerBits":64}""", ready["mlmd"]!.ToJsonString());
    }

    [Fact]
    public async Task PostgreSql_ThatIsNotAllowed_IsNeverReadyAndNeverWrittenTo()
    {
        await using var store = await StoreServer.StartAsync();
        FailBackslash(store);
        await using var gateway = GatewayFactory.For(store.Address);

        var read = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces");
        var ready = await gateway.Client.GetJson("/readyz");

        read.ExpectProblem(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("MetadataStore:AllowPostgreSql", (string?)read["detail"], StringComparison.Ordinal);
        Assert.Equal("PostgreSQL", (string?)ready.Expect(HttpStatusCode.ServiceUnavailable)["mlmd"]!["backEnd"]);
        Assert.Equal(0, store.CallsOf("PutArtifactType"));
    }

    [Theory]
    [InlineData("""{"name": "a\\b"}""", "name")]
    [InlineData("""{"name": "a", "description": "C:\\temp"}""", "properties.description")]
    [InlineData("""{"name": "a", "labels": {"k": "say \"yes\""}}""", "properties.labels")]
    public async Task PostgreSql_ThatIsAllowed_TakesNoBackslash(string body, string field)
    {
        await using var store = await StoreServer.StartAsync();
        FailBackslash(store);
        await using var gateway = GatewayFactory.For(store.Address).With("MetadataStore:AllowPostgreSql", "true");
        await gateway.BecomesReady();

        var refused = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", body);
        var read = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/a%5Cb");

        refused.ExpectProblem(HttpStatusCode.BadRequest, field);
        read.ExpectProblem(HttpStatusCode.BadRequest);
        (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "a", "labels": {"k": "v"}}""")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task PostgreSql_TakesNoTextThatIsTooLong()
    {
        await using var store = await StoreServer.StartAsync();
        FailBackslash(store);
        await using var gateway = GatewayFactory.For(store.Address).With("MetadataStore:AllowPostgreSql", "true");
        await gateway.BecomesReady();
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var answer = await gateway.Client.PostJson($"{workspace}/executions", $$$"""{"name": "a", "customProperties": {"long": "{{{new string('x', 3000)}}}"}}""");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "customProperties.long");
    }

    [Theory]
    [InlineData("2147483647", HttpStatusCode.Created)]
    [InlineData("-2147483648", HttpStatusCode.Created)]
    [InlineData("2147483648", HttpStatusCode.BadRequest)]
    [InlineData("""{"@int": "-2147483649"}""", HttpStatusCode.BadRequest)]
    [InlineData("4294967296.0", HttpStatusCode.Created)]
    public async Task Integers_OfAStoreWith32Bits_AreChecked(string number, HttpStatusCode expected)
    {
        await using var store = await StoreServer.StartAsync();
        FailBackslash(store);
        await using var gateway = GatewayFactory.For(store.Address).With("MetadataStore:AllowPostgreSql", "true");
        await gateway.BecomesReady();
        var workspace = await gateway.Client.NewWorkspaceAsync();

        var answer = await gateway.Client.PostJson(
            $"{workspace}/executions", $$$"""{"name": "a", "outputs": [{"kind": "model", "name": "m", "uri": "u", "customProperties": {"n": {{{number}}}}}]}""");

        answer.Expect(expected);
        if (expected == HttpStatusCode.BadRequest)
        {
            answer.ExpectProblem(expected, number[0] == '{' ? "outputs[0].customProperties.n['@int']" : "outputs[0].customProperties.n");
        }
    }

    // The first to ask for a URI is the probe, with a backslash.
    private static void FailBackslash(StoreServer store) => store.Before = (method, _) =>
        method == "GetArtifactsByURI" && store.CallsOf(method) == 1 ? throw new RpcException(new Status(StatusCode.Internal, "SQL")) : Task.CompletedTask;
}
