using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>What MySQL and PostgreSQL do otherwise than SQLite.</summary>
public sealed class DatabaseHabitTests
{
    public static TheoryData<string, string, StatusCode> Limits
    {
        get
        {
            var cases = new TheoryData<string, string, StatusCode>();
            foreach (var (what, mySql, postgreSql) in new[]
            {
                ("int 32", StatusCode.OK, StatusCode.OK), ("int 33", StatusCode.Internal, StatusCode.Internal), ("index 33", StatusCode.Internal, StatusCode.Internal),
                ("name 255", StatusCode.OK, StatusCode.OK), ("name 256", StatusCode.Internal, StatusCode.Internal), ("name 128 ä", StatusCode.Internal, StatusCode.OK),
                ("property 256", StatusCode.Internal, StatusCode.Internal), ("external id 256", StatusCode.Internal, StatusCode.Internal), ("type 256", StatusCode.Internal, StatusCode.Internal),
                ("uri 2690", StatusCode.OK, StatusCode.OK), ("uri 2691", StatusCode.OK, StatusCode.Internal), ("uri 65536", StatusCode.Internal, StatusCode.Internal),
                ("text 2679", StatusCode.OK, StatusCode.OK), ("text 2680", StatusCode.OK, StatusCode.Internal),
                ("backslash", StatusCode.OK, StatusCode.Internal), ("backslash in struct", StatusCode.OK, StatusCode.OK), ("case in properties", StatusCode.AlreadyExists, StatusCode.OK),
            })
            {
                cases.Add("mysql", what, mySql);
                cases.Add("postgresql", what, postgreSql);
                cases.Add("sqlite", what, StatusCode.OK);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Write_OfWhatADatabaseMayNotHold_IsAnsweredAsByIt(string profile, string what, StatusCode expected)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var typeId = await server.TypeAsync();
        var artifact = new Artifact { TypeId = typeId };
        var length = what.Split(' ').Select(word => int.TryParse(word, out var number) ? number : 0).Max();
        switch (what.Split(' ')[0])
        {
            case "int":
                artifact.CustomProperties["i"] = new() { IntValue = length == 32 ? int.MinValue : int.MaxValue + 1L };
                break;
            case "name":
                artifact.Name = new string(what[^1] == 'ä' ? 'ä' : 'n', length);
                break;
            case "property":
                artifact.CustomProperties[new string('p', length)] = new() { IntValue = 1 };
                break;
            case "external":
                artifact.ExternalId = new string('e', length);
                break;
            case "uri":
                artifact.Uri = new string('u', length);
                break;
            case "text":
                artifact.CustomProperties["t"] = new() { StringValue = new string('t', length) };
                break;
            case "backslash":
                artifact.CustomProperties["t"] = what == "backslash" ? new() { StringValue = "\\" } : new() { StructValue = new() { Fields = { ["a"] = Google.Protobuf.WellKnownTypes.Value.ForString("\\") } } };
                break;
            case "case":
                artifact.CustomProperties["k"] = new() { IntValue = 1 };
                artifact.CustomProperties["K"] = new() { IntValue = 2 };
                break;
        }

        var status = what.Split(' ')[0] switch
        {
            "type" => await ProfileServer.StatusOf(server.Client.PutContextTypeAsync(new() { ContextType = new() { Name = new string('t', length) } })),
            "index" => await IndexAsync(server, int.MaxValue + 1L),
            _ => await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(new() { Artifacts = { artifact } })),
        };

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Names_OnMySql_AreFoundAndTakenInAnyCase()
    {
        await using var server = new ProfileServer(MlmdProfile.MySql);
        var typeId = await server.ContextTypeAsync();
        await server.Client.PutContextsAsync(new() { Contexts = { new Context { TypeId = typeId, Name = "team", ExternalId = "x" } } });

        var created = await ProfileServer.StatusOf(server.Client.PutContextsAsync(new() { Contexts = { new Context { TypeId = typeId, Name = "Team" } } }));
        var sameId = await ProfileServer.StatusOf(server.Client.PutContextsAsync(new() { Contexts = { new Context { TypeId = typeId, Name = "other", ExternalId = "X" } } }));
        var read = await server.Client.GetContextByTypeAndNameAsync(new() { TypeName = "c", ContextName = "TEAM " });
        var byExternalId = await server.Client.GetContextsByExternalIdsAsync(new() { ExternalIds = { "X" } });
        var reused = await server.Client.PutLineageSubgraphAsync(
            new() { Contexts = { new Context { TypeId = typeId, Name = "Team" } }, Options = new() { ReuseContextIfAlreadyExist = true } });
        var second = await server.Client.PutContextTypeAsync(new() { ContextType = new() { Name = "c" } });
        var type = await server.Client.GetContextTypeAsync(new() { TypeName = "c" });

        Assert.Equal((StatusCode.AlreadyExists, StatusCode.AlreadyExists), (created, sameId));
        Assert.Equal(("team", "team"), (read.Context.Name, byExternalId.Contexts.Single().Name));
        Assert.Equal(read.Context.Id, reused.ContextIds.Single());
        Assert.NotEqual(typeId, second.TypeId);
        Assert.Equal(("C", typeId), (type.ContextType.Name, type.ContextType.Id));
    }

    [Fact]
    public async Task Uris_OnMySql_AreFoundInAnyCase()
    {
        await using var server = new ProfileServer(MlmdProfile.MySql);
        await server.ArtifactAsync(new() { Uri = "s3://A" });

        Assert.Single((await server.Client.GetArtifactsByURIAsync(new() { Uris = { "S3://a " } })).Artifacts);
    }

    [Theory]
    [InlineData("sqlite", 2)]
    [InlineData("mysql", 3)]
    [InlineData("postgresql", 3)]
    public async Task Insert_ThatFails_TakesAnId(string profile, long next)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        await server.ArtifactAsync(new() { Name = "one" });
        await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { TypeId = 10, Name = "one" } } }));

        Assert.Equal(next, await server.ArtifactAsync(new() { Name = "two" }));
    }

    [Theory]
    [InlineData("sqlite", "1,2")]
    [InlineData("mysql", "2,1")]
    [InlineData("postgresql", "2,1")]
    public async Task Events_OfAnArtifact_AreInTheDatabasesOrder(string profile, string executions)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        await server.ArtifactAsync(new());
        var typeId = await server.ExecutionTypeAsync();
        await server.Client.PutExecutionsAsync(new() { Executions = { new Execution { TypeId = typeId }, new Execution { TypeId = typeId } } });
        foreach (var execution in new[] { 2, 1 })
        {
            await server.Client.PutEventsAsync(new() { Events = { new Event { ArtifactId = 1, ExecutionId = execution, Type = Event.Types.Type.Input } } });
        }

        var events = await server.Client.GetEventsByArtifactIDsAsync(new() { ArtifactIds = { 1 } });

        Assert.Equal(executions, string.Join(',', events.Events.Select(link => link.ExecutionId)));
    }

    [Theory]
    [InlineData("sqlite", "1,2,3,4,5")]
    [InlineData("mysql", "1,2,3,4,5")]
    [InlineData("postgresql", "4,3,2,1,5")]
    public async Task Nodes_WithoutOptions_AreInTheDatabasesOrder(string profile, string order)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var typeId = await server.TypeAsync();
        await server.Client.PutArtifactsAsync(new() { Artifacts = { Enumerable.Range(0, 5).Select(_ => new Artifact { TypeId = typeId }) } });

        var all = await server.Client.GetArtifactsAsync(new());
        var byId = await server.Client.GetArtifactsByIDAsync(new() { ArtifactIds = { 5, 1, 2, 3, 4 } });
        var page = await server.Client.GetArtifactsAsync(new() { Options = new() });

        Assert.Equal(order, Ids(all.Artifacts));
        Assert.Equal(order, Ids(byId.Artifacts));
        Assert.Equal("1,2,3,4,5", Ids(page.Artifacts));
    }

    [Theory]
    [InlineData("sqlite", true, 1e70)]
    [InlineData("mysql", false, 1e65)]
    [InlineData("postgresql", true, 1e70)]
    public async Task Reads_OfSomeFields_DependOnTheDatabase(string profile, bool hasExternalId, double large)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        await server.Client.PutContextTypeAsync(new() { ContextType = new() { Name = "X", ExternalId = "x" } });
        await server.ArtifactAsync(new() { CustomProperties = { ["d"] = new() { DoubleValue = 1e70 } } });

        var type = await server.Client.GetContextTypeAsync(new() { TypeName = "X" });
        var artifact = await server.Client.GetArtifactsAsync(new());

        Assert.Equal(hasExternalId, type.ContextType.HasExternalId);
        Assert.Equal(large, artifact.Artifacts[0].CustomProperties["d"].DoubleValue, large / 1e12);
    }

    private static string Ids(IEnumerable<Artifact> artifacts) => string.Join(',', artifacts.Select(artifact => artifact.Id));

    private static async Task<StatusCode> IndexAsync(ProfileServer server, long index)
    {
        var link = new Event { Type = Event.Types.Type.Input, ArtifactId = await server.ArtifactAsync(new()), Path = new() { Steps = { new Event.Types.Path.Types.Step { Index = index } } } };
        var typeId = await server.ExecutionTypeAsync();
        link.ExecutionId = (await server.Client.PutExecutionsAsync(new() { Executions = { new Execution { TypeId = typeId } } })).ExecutionIds[0];
        return await ProfileServer.StatusOf(server.Client.PutEventsAsync(new() { Events = { link } }));
    }
}
