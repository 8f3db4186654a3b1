using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using MlMetadata;
using OrderField = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.Tests.Profiles;

/// <summary>The defects that every release has on every database, on each profile.</summary>
public sealed class SharedDefectTests
{
    public static TheoryData<string> Profiles => [.. MlmdProfile.All.Except([MlmdProfile.Embedded]).Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Update_ToATakenExternalId_IsInternal(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var typeId = await server.TypeAsync();
        await server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { TypeId = typeId, ExternalId = "a" }, new Artifact { TypeId = typeId, ExternalId = "b" } } });

        var created = await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { TypeId = typeId, ExternalId = "a" } } }));
        var updated = await AgainAsync(() => server.Client.PutArtifactsAsync(new() { Artifacts = { new Artifact { Id = 2, TypeId = typeId, ExternalId = "a" } } }));

        Assert.Equal((StatusCode.AlreadyExists, StatusCode.Internal), (created, updated));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Update_OfAProperty_ChangesItsNamesake(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var typeId = await server.TypeAsync(("x", PropertyType.Int));
        await server.Client.PutArtifactsAsync(new() { Artifacts = { Namesakes(typeId, null, 1, 2) } });

        await AgainAsync(() => server.Client.PutArtifactsAsync(new() { Artifacts = { Namesakes(typeId, 1, 3, 2) } }));
        var changed = (await server.Inner.GetArtifactsByIDAsync(new() { ArtifactIds = { 1 } })).Artifacts[0];
        await AgainAsync(() => server.Client.PutArtifactsAsync(new() { Artifacts = { Namesakes(typeId, 1, 3, 4) }, UpdateMask = new() { Paths = { "custom_properties.x" } } }));
        var custom = (await server.Inner.GetArtifactsByIDAsync(new() { ArtifactIds = { 1 } })).Artifacts[0];

        Assert.Equal((3, 3), (changed.Properties["x"].IntValue, changed.CustomProperties["x"].IntValue));
        Assert.Equal((0, 4), (custom.Properties.Count, custom.CustomProperties["x"].IntValue));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Double_WithMoreThanSixDecimals_LosesThem(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var id = await server.ArtifactAsync(new() { CustomProperties = { ["d"] = new() { DoubleValue = 0.123456789 }, ["i"] = new() { DoubleValue = 123456789012.123456 } } });

        var read = (await server.Client.GetArtifactsByIDAsync(new() { ArtifactIds = { id } })).Artifacts[0].CustomProperties;
        var infinite = await ProfileServer.StatusOf(server.Client.PutArtifactsAsync(
            new() { Artifacts = { new Artifact { TypeId = 10, CustomProperties = { ["d"] = new() { DoubleValue = double.PositiveInfinity } } } } }));

        Assert.Equal(0.123457, read["d"].DoubleValue);
        Assert.Equal(profile is "sqlite" or "1.14" or "1.21" ? 123456789012.123 : 123456789012.123456, read["i"].DoubleValue);
        Assert.Equal(StatusCode.Internal, infinite);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Pages_ByLastUpdateTimeOfManyAtOnce_GoRoundForEver(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(1)));
        var typeId = await server.TypeAsync();
        await server.Client.PutArtifactsAsync(new() { Artifacts = { Enumerable.Range(0, 60).Select(_ => new Artifact { TypeId = typeId }) } });

        var byCreation = await PagesAsync(server, OrderField.CreateTime);
        var byUpdate = await PagesAsync(server, OrderField.LastUpdateTime);

        Assert.Equal(Enumerable.Range(1, 60).Select(id => (long)id), byCreation);
        Assert.Equal(80, byUpdate.Count);
        Assert.Equal(20, byUpdate.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Page_OfMoreThanAHundred_HasNoToken(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var typeId = await server.TypeAsync();
        await server.Client.PutArtifactsAsync(new() { Artifacts = { Enumerable.Range(0, 110).Select(_ => new Artifact { TypeId = typeId }) } });

        var page = await server.Client.GetArtifactsAsync(new() { Options = new() { MaxResultSize = 105 } });

        Assert.Equal((101, false), (page.Artifacts.Count, page.HasNextPageToken));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Context_NewWithATakenExternalIdUnderReuse_IsAbortedForEver(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var typeId = await server.ContextTypeAsync();
        var put = new PutLineageSubgraphRequest { Options = new() { ReuseContextIfAlreadyExist = true }, Contexts = { new Context { TypeId = typeId, Name = "one", ExternalId = "x" } } };
        await server.Client.PutLineageSubgraphAsync(put);
        put.Contexts[0].Name = "two";

        var first = await ProfileServer.StatusOf(server.Client.PutLineageSubgraphAsync(put));
        var second = await ProfileServer.StatusOf(server.Client.PutLineageSubgraphAsync(put));

        Assert.Equal((StatusCode.Aborted, StatusCode.Aborted), (first, second));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task EmptyPair_WithAContext_SpoilsItsArtifacts(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var put = new PutExecutionRequest
        {
            Execution = new() { TypeId = await server.ExecutionTypeAsync() },
            ArtifactEventPairs = { new PutExecutionRequest.Types.ArtifactAndEvent() },
            Contexts = { new Context { TypeId = await server.ContextTypeAsync(), Name = "c" } },
        };
        await server.Client.PutExecutionAsync(put);

        var artifacts = await ProfileServer.StatusOf(server.Client.GetArtifactsByContextAsync(new() { ContextId = 1 }));
        var executions = await ProfileServer.StatusOf(server.Client.GetExecutionsByContextAsync(new() { ContextId = 1 }));

        Assert.Equal((StatusCode.Internal, StatusCode.OK), (artifacts, executions));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task BatchReads_OfParentsAndChildren_AreNotServed(string profile)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));

        var parents = await ProfileServer.StatusOf(server.Client.GetParentContextsByContextsAsync(new() { ContextIds = { 1 } }));
        var children = await ProfileServer.StatusOf(server.Client.GetChildrenContextsByContextsAsync(new() { ContextIds = { 1 } }));

        Assert.Equal((StatusCode.Unimplemented, StatusCode.Unimplemented), (parents, children));
    }

    private static Artifact Namesakes(long typeId, long? id, long declared, long custom)
    {
        var artifact = new Artifact { TypeId = typeId, Properties = { ["x"] = new() { IntValue = declared } }, CustomProperties = { ["x"] = new() { IntValue = custom } } };
        if (id is { } known)
        {
            artifact.Id = known;
        }

        return artifact;
    }

    // On MySQL the first try of an update may be ABORTED.
    private static async Task<StatusCode> AgainAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
        await ProfileServer.StatusOf(call()) is var status && status == StatusCode.Aborted ? await ProfileServer.StatusOf(call()) : status;

    // Eight pages at most: those that never end would.
    private static async Task<List<long>> PagesAsync(ProfileServer server, OrderField field)
    {
        var ids = new List<long>();
        var options = new ListOperationOptions { MaxResultSize = 10, OrderByField = new() { Field = field } };
        for (var page = 0; page < 8; page++)
        {
            var answer = await server.Client.GetArtifactsAsync(new() { Options = options });
            ids.AddRange(answer.Artifacts.Select(artifact => artifact.Id));
            if (!answer.HasNextPageToken)
            {
                break;
            }

            options.NextPageToken = answer.NextPageToken;
        }

        return ids;
    }
}
