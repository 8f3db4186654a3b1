using System.Net;
using MetadataGateway.Tests.Adoption;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Profiles;

/// <summary>What the API's contract lets differ from one MLMD to another: the tests that need it elsewhere (<see cref="StoreAbility"/>) are left out there.</summary>
public sealed class ProfileApiTests
{
    private const string Workspace = $"{HttpJson.Api}/workspaces/w";

    [Theory]
    [InlineData("embedded", "1.15 to 1.17", "SQLite", true, false, 64)]
    [InlineData("sqlite", "1.15 to 1.17", "SQLite", true, false, 64)]
    [InlineData("1.21", "1.21 or newer", "SQLite or MySQL", false, false, 64)]
    [InlineData("1.14", "1.14", "SQLite", true, false, 64)]
    [InlineData("mysql", "1.15 to 1.17", "MySQL", true, true, 32)]
    [InlineData("1.14-mysql", "1.14", "MySQL", true, true, 32)]
    [InlineData("postgresql", "1.15 to 1.17", "PostgreSQL", true, false, 32)]
    public async Task Ready_SaysWhatIsBehind(string profile, string release, string backEnd, bool filter, bool ignoresCase, int integerBits)
    {
        await using var gateway = Of(profile);

        var mlmd = (await gateway.Client.GetJson("/readyz")).Expect(HttpStatusCode.OK)["mlmd"]!;

        Assert.Equal(
            (release, backEnd, filter, ignoresCase, integerBits),
            ((string?)mlmd["release"], (string?)mlmd["backEnd"], (bool)mlmd["filter"]!, (bool)mlmd["ignoresCase"]!, (int)mlmd["integerBits"]!));
    }

    [Theory]
    [InlineData("sqlite", HttpStatusCode.Created)]
    [InlineData("1.14", HttpStatusCode.Created)]
    [InlineData("1.21", HttpStatusCode.Created)]
    [InlineData("mysql", HttpStatusCode.BadRequest)]
    [InlineData("1.14-mysql", HttpStatusCode.BadRequest)]
    [InlineData("postgresql", HttpStatusCode.BadRequest)]
    public async Task Integer_OfMoreThan32Bits_IsRefusedWhereNoColumnHoldsIt(string profile, HttpStatusCode expected)
    {
        await using var gateway = Of(profile);

        var large = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/w/executions?createWorkspace=true", """{"name": "e", "customProperties": {"n": 2147483648}}""");
        var small = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/w/executions?createWorkspace=true", """{"name": "e", "customProperties": {"n": 2147483647}}""");

        if (expected == HttpStatusCode.BadRequest)
        {
            large.ExpectProblem(expected, "customProperties.n");
        }

        large.Expect(expected);
        small.Expect(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("embedded", "0.123456789")]
    [InlineData("sqlite", "0.123457")]
    [InlineData("mysql", "0.123457")]
    [InlineData("postgresql", "0.123457")]
    public async Task Double_IsExactOnTheEmbeddedStoreOnly(string profile, string shown)
    {
        await using var gateway = Of(profile);

        var created = await gateway.Client.PostJson(
            $"{HttpJson.Api}/workspaces/w/executions?createWorkspace=true", """{"name": "e", "customProperties": {"d": 0.123456789}}""");
        var read = await gateway.Client.GetJson($"{HttpJson.Api}/executions/{created["id"]}");

        Assert.Equal(shown, read.Expect(HttpStatusCode.OK)["customProperties"]!["d"].Raw());
        Assert.Equal(read["customProperties"].Raw(), created["customProperties"].Raw());
    }

    [Theory]
    [InlineData("sqlite", HttpStatusCode.Created)]
    [InlineData("mysql", HttpStatusCode.Conflict)]
    [InlineData("1.14-mysql", HttpStatusCode.Conflict)]
    [InlineData("postgresql", HttpStatusCode.Created)]
    public async Task Name_InAnotherCase_IsAConflictWhereCaseIsIgnored(string profile, HttpStatusCode expected)
    {
        await using var gateway = Of(profile);
        (await gateway.Client.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);
        (await gateway.Client.PutJson($"{Workspace}/runs/r", """{"description": "stored"}""")).Expect(HttpStatusCode.Created);

        var workspace = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "W"}""");
        var run = await gateway.Client.PutJson($"{Workspace}/runs/R", """{"description": "other"}""");
        var execution = await gateway.Client.PostJson($"{Workspace}/executions", """{"name": "e", "run": "R"}""");

        Assert.Equal((expected, expected), (workspace.Status, run.Status));
        Assert.Equal(expected, execution.Status);
        Assert.Equal("stored", (string?)(await gateway.Client.GetJson($"{Workspace}/runs/r"))["description"]);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    [InlineData("1.14-mysql")]
    [InlineData("postgresql")]
    public async Task Name_InAnotherCase_IsNotFound(string profile)
    {
        await using var gateway = Of(profile);
        (await gateway.Client.PutJson(Workspace, "{}")).Expect(HttpStatusCode.Created);
        (await gateway.Client.PutJson($"{Workspace}/runs/r", "{}")).Expect(HttpStatusCode.Created);
        await gateway.Client.CreateAsync($"{Workspace}/datasets", """{"name": "d", "uri": "s3://A"}""");

        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/W")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{Workspace}/runs/R")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.GetJson($"{HttpJson.Api}/artifactTypes/KUBEFLOW.org/alpha/model")).ExpectProblem(HttpStatusCode.NotFound);
        (await gateway.Client.PostJson($"{Workspace}/executions", """{"name": "e", "inputs": [{"match": {"uri": "s3://a"}}]}"""))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("sqlite", HttpStatusCode.Created)]
    [InlineData("mysql", HttpStatusCode.Created)]
    [InlineData("postgresql", HttpStatusCode.BadRequest)]
    public async Task Text_ThatGetsIntoTheSql_IsRefusedOnPostgreSql(string profile, HttpStatusCode expected)
    {
        await using var gateway = Of(profile);

        var backslash = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "w", "description": "C:\\temp"}""");
        var quote = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "q", "labels": {"said": "\"yes\""}}""");
        var large = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", $$"""{"name": "l", "description": "{{new string('x', 3000)}}"}""");
        var read = await gateway.Client.GetJson($"{HttpJson.Api}/workspaces/a%5Cb");

        Assert.Equal((expected, expected, expected), (backslash.Status, quote.Status, large.Status));
        Assert.Equal(expected == HttpStatusCode.Created ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest, read.Status);
    }

    [Fact]
    public async Task PostgreSql_WithoutTheOperatorsWord_IsNotUsed()
    {
        await using var server = await StoreServer.StartAsync(profile: MlmdProfile.PostgreSql);
        await using var gateway = GatewayFactory.For(server.Address);

        (await gateway.Client.GetJson("/readyz")).Expect(HttpStatusCode.ServiceUnavailable);
        (await gateway.Client.GetJson($"{HttpJson.Api}/workspaces")).ExpectProblem(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Adoption_OfARecordWhoseWorkspaceMustNotBeAskedFor_SparesTheOthers()
    {
        await using var gateway = Of("postgresql");
        var sdk = new SdkWriter(gateway.Store);
        foreach (var workspace in new[] { "a\\b", "w" })
        {
            await sdk.WorkspaceAsync(workspace);
            await sdk.ExecutionAsync(workspace, "r");
        }

        var answer = await gateway.Client.GetJson($"{Workspace}/runs");

        Assert.Equal(["r"], answer.Expect(HttpStatusCode.OK).Names());
    }

    private static GatewayFactory Of(string profile) => new() { Profile = MlmdProfile.Named(profile) };
}
