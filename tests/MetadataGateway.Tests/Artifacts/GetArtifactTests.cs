using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

public sealed class GetArtifactTests(ArtifactGateway gateway) : IClassFixture<ArtifactGateway>
{
    [Theory]
    [InlineData("999999")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task GetArtifact_ThatDoesNotExist_Returns404(string id) =>
        (await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}")).ExpectProblem(HttpStatusCode.NotFound);

    [Fact]
    public async Task GetArtifact_WithItsTag_Returns304()
    {
        var created = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/w/metrics", """{"name": "n", "uri": "u"}""");

        var same = await gateway.Client.GetJson(created.Location!, ("If-None-Match", created.ETag!));
        var other = await gateway.Client.GetJson(created.Location!, ("If-None-Match", "\"other\""));

        same.Expect(HttpStatusCode.NotModified);
        Assert.Equal(created.Text, other.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task GetArtifact_WithoutWorkspaceProperty_TakesTheContexts()
    {
        var id = await gateway.Store.PutArtifact(new ArtifactType { Name = "contextual" }, new Artifact(), "w");
        var alone = await gateway.Store.PutArtifact(new ArtifactType { Name = "contextual" }, new Artifact());

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}");
        var homeless = await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{alone}");

        Assert.Equal("w", (string?)answer.Expect(HttpStatusCode.OK)["workspace"]);
        Assert.Null(homeless.Expect(HttpStatusCode.OK)["workspace"]);
    }
}
