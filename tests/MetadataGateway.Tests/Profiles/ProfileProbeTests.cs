using Grpc.Core;

namespace MetadataGateway.Tests.Profiles;

/// <summary>The questions that tell one MLMD from another get each profile's own answers.</summary>
public sealed class ProfileProbeTests
{
    [Theory]
    [InlineData("embedded", StatusCode.InvalidArgument, StatusCode.OK, StatusCode.NotFound, StatusCode.NotFound, StatusCode.OK, StatusCode.OK)]
    [InlineData("sqlite", StatusCode.InvalidArgument, StatusCode.OK, StatusCode.NotFound, StatusCode.NotFound, StatusCode.OK, StatusCode.OK)]
    [InlineData("1.21", StatusCode.Unimplemented, StatusCode.Unimplemented, StatusCode.NotFound, StatusCode.NotFound, StatusCode.OK, StatusCode.Unimplemented)]
    [InlineData("1.14", StatusCode.InvalidArgument, StatusCode.OK, StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.OK, StatusCode.OK)]
    [InlineData("mysql", StatusCode.InvalidArgument, StatusCode.OK, StatusCode.NotFound, StatusCode.OK, StatusCode.OK, StatusCode.Internal)]
    [InlineData("1.14-mysql", StatusCode.InvalidArgument, StatusCode.OK, StatusCode.InvalidArgument, StatusCode.OK, StatusCode.OK, StatusCode.Internal)]
    [InlineData("postgresql", StatusCode.InvalidArgument, StatusCode.OK, StatusCode.NotFound, StatusCode.NotFound, StatusCode.Internal, StatusCode.Internal)]
    public async Task Probe_OnAnEmptyStore_IsAnsweredAsByThatMlmd(
        string profile, StatusCode syntax, StatusCode filter, StatusCode execution, StatusCode type, StatusCode backslash, StatusCode fraction)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        var client = server.Client;

        StatusCode[] answers =
        [
            await ProfileServer.StatusOf(client.GetArtifactsAsync(new() { Options = new() { MaxResultSize = 1, FilterQuery = "id =" } })),
            await ProfileServer.StatusOf(client.GetArtifactsAsync(new() { Options = new() { MaxResultSize = 1, FilterQuery = "id = 0" } })),
            await ProfileServer.StatusOf(client.PutExecutionAsync(new() { Execution = new(), ArtifactEventPairs = { new MlMetadata.PutExecutionRequest.Types.ArtifactAndEvent { Artifact = new() { TypeId = int.MaxValue } } } })),
            await ProfileServer.StatusOf(client.GetArtifactTypeAsync(new() { TypeName = "MLMD.MODEL" })),
            await ProfileServer.StatusOf(client.GetArtifactsByURIAsync(new() { Uris = { "\\" } })),
            await ProfileServer.StatusOf(client.GetArtifactsAsync(new() { Options = new() { MaxResultSize = 1, FilterQuery = "id = 1.0" } })),
        ];

        Assert.Equal([syntax, filter, execution, type, backslash, fraction], answers);
    }
}
