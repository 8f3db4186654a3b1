using System.Net;
using MetadataGateway.Adoption;
using MetadataGateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MetadataGateway.Tests.Adoption;

/// <summary>Adoption:Enabled=false: the SDK's runs are found by scan, and nothing is written.</summary>
public sealed class AdoptionDisabledTests : IAsyncLifetime
{
    private const string Runs = $"{HttpJson.Api}/workspaces/w/runs";

    private readonly GatewayFactory _gateway = new GatewayFactory().With("Adoption:Enabled", "false").WithBackgroundAdoption();
    private SdkWriter _sdk = null!;

    public async Task InitializeAsync()
    {
        _sdk = new SdkWriter(_gateway.Store);
        await _sdk.WorkspaceAsync("w");
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task ReadsOfRuns_WriteNothing()
    {
        await _sdk.ExecutionsAsync("w", ["a", "b"]);
        var artifact = await _sdk.ArtifactAsync(SdkWriter.ModelType, "w", "c", SdkWriter.ModelMeta("""{"x": "y"}""", "{}"));
        _gateway.Calls.Clear();

        (await _gateway.Client.GetJson(Runs)).Expect(HttpStatusCode.OK);
        (await _gateway.Client.GetJson($"{Runs}/a")).Expect(HttpStatusCode.OK);
        (await _gateway.Client.GetJson($"{Runs}/c")).Expect(HttpStatusCode.OK);
        (await _gateway.Client.GetJson($"{Runs}/other")).ExpectProblem(HttpStatusCode.NotFound);
        var models = await _gateway.Client.GetJson($"{HttpJson.Api}/workspaces/w/models?filter={Uri.EscapeDataString("labels.x = 'y'")}");

        Assert.DoesNotContain(_gateway.Calls.Methods, method => method.StartsWith("Put", StringComparison.Ordinal));
        Assert.Equal([artifact], models["items"]!.AsArray().Select(item => (string?)item!["id"]));
        Assert.False((await _gateway.Services.GetRequiredService<RecordAdoption>().AdoptArtifactsAsync(5000, default)).IsComplete);
    }

    [Fact]
    public async Task Run_ThatOnlyRecordsName_HasNeitherIdNorTimes()
    {
        await _sdk.ExecutionAsync("w", "r");

        var run = await _gateway.Client.GetJson($"{Runs}/r");
        var list = await _gateway.Client.GetJson(Runs);

        Assert.Equal(
            """{"name":"r","workspace":"w","id":null,"description":null,"labels":{},"createTime":null,"updateTime":null,"etag":""",
            run.Expect(HttpStatusCode.OK).Text[..(run.Text.IndexOf("\"etag\":", StringComparison.Ordinal) + 7)]);
        Assert.Equal(run.Text, list["items"]!.AsArray().Single().Raw());
        (await _gateway.Client.GetJson($"{Runs}/r", ("If-None-Match", run.ETag!))).Expect(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(100, "")]
    [InlineData(2, "&orderBy=createTime%20desc")]
    public async Task ListRuns_ShowsThoseWithContextsThenEachOtherOnce(int pageSize, string order)
    {
        (await _gateway.Client.PutJson($"{Runs}/made", "{}")).Expect(HttpStatusCode.Created);
        await _sdk.ExecutionsAsync("w", ["z", "y", "z", null, "made", "", "x", "y", "z"]);

        var names = await _gateway.Client.NamesOfAllPages($"{Runs}?{order}", pageSize);

        Assert.Equal(["made", "z", "y", "x"], names);
    }

    [Theory]
    [InlineData("name LIKE 'y%'", "y1 y2")]
    [InlineData("id IS NULL", "y1 y2 z")]
    [InlineData("createTime > '2020-01-01T00:00:00Z'", "made")]
    [InlineData("description = 'd'", "made")]
    public async Task ListRuns_WithAFilter_SelectsAmongAll(string filter, string expected)
    {
        (await _gateway.Client.PutJson($"{Runs}/made", """{"description": "d"}""")).Expect(HttpStatusCode.Created);
        await _sdk.ExecutionsAsync("w", ["y1", "y2", "z"]);

        var names = await _gateway.Client.NamesOfAllPages($"{Runs}?filter={Uri.EscapeDataString(filter)}", 1);

        Assert.Equal(expected.Split(' '), names);
    }

    [Fact]
    public async Task ListRuns_WhileARunGetsItsContext_StillShowsItOnce()
    {
        (await _gateway.Client.PutJson($"{Runs}/made", "{}")).Expect(HttpStatusCode.Created);
        await _sdk.ExecutionsAsync("w", ["a", "b", "c"]);
        var first = await _gateway.Client.GetJson($"{Runs}?pageSize=2");

        (await _gateway.Client.PutJson($"{Runs}/b", "{}")).Expect(HttpStatusCode.OK);
        var second = await _gateway.Client.GetJson($"{Runs}?pageSize=2&pageToken={first["nextPageToken"]}");

        Assert.Equal(["made", "a"], first.Names());
        Assert.Equal(["b", "c"], second.Names());
        Assert.NotNull(second["items"]![0]!["id"]);
    }

    [Fact]
    public async Task ListRuns_BeyondTheBudget_TellsAndGoesOn()
    {
        await using var gateway = new GatewayFactory().With("Adoption:Enabled", "false").With("Limits:ScanBudget", "10");
        var sdk = new SdkWriter(gateway.Store);
        await sdk.WorkspaceAsync("w");
        await sdk.ExecutionsAsync("w", Enumerable.Range(0, 45).Select(i => $"r{i / 5}"));

        var first = await gateway.Client.GetJson(Runs);
        var names = await gateway.Client.NamesOfAllPages(Runs, 4);

        Assert.Equal("""{"examined":10,"complete":false}""", first["scan"].Raw());
        Assert.Equal(["r0", "r1"], first.Names());
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"r{i}"), names);
    }

    [Fact]
    public async Task UpdateRun_GivesItItsContext()
    {
        await _sdk.ExecutionAsync("w", "r");
        var before = await _gateway.Client.GetJson($"{Runs}/r");

        var stale = await _gateway.Client.PatchJson($"{Runs}/r", """{"description": "d"}""", ("If-Match", "\"other\""));
        var answer = await _gateway.Client.PatchJson($"{Runs}/r", """{"id": null, "createTime": null, "description": "d"}""", ("If-Match", before.ETag!));

        stale.ExpectProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal("d", (string?)answer.Expect(HttpStatusCode.OK)["description"]);
        Assert.NotNull(answer["id"]);
        Assert.Equal(answer.Text, (await _gateway.Client.GetJson($"{Runs}/r")).Text);
    }

    [Fact]
    public async Task PutAndCreateRun_GiveItItsContext()
    {
        await _sdk.ExecutionsAsync("w", ["put", "post"]);

        (await _gateway.Client.PutJson($"{Runs}/put", "{}", ("If-None-Match", "*"))).ExpectProblem(HttpStatusCode.PreconditionFailed);
        var put = await _gateway.Client.PutJson($"{Runs}/put", (await _gateway.Client.GetJson($"{Runs}/put")).Text);
        var post = await _gateway.Client.PostJson(Runs, """{"name": "post", "description": "d"}""");

        Assert.NotNull(put.Expect(HttpStatusCode.OK)["id"]);
        Assert.NotNull(post.Expect(HttpStatusCode.OK)["id"]);
        Assert.Null(post["description"]);
        Assert.Equal(["put", "post"], (await _gateway.Client.GetJson(Runs)).Names());
    }
}
