using System.Net;
using MlMetadata;

namespace MetadataGateway.Tests.Hosting;

public sealed class TypeRegistrationTests
{
    [Fact]
    public async Task Start_OnAFreshStore_HasTheKubeflowTypes()
    {
        await using var gateway = new GatewayFactory();

        var types = await gateway.Store.GetArtifactTypesAsync(new GetArtifactTypesRequest());

        Assert.Equal(
            ["kubeflow.org/alpha/data_set", "kubeflow.org/alpha/model", "kubeflow.org/alpha/metrics"],
            types.ArtifactTypes.Select(type => type.Name));
        Assert.Equal(10, types.ArtifactTypes[0].Id);
    }

    [Fact]
    public async Task Start_WithoutRegistration_LeavesTheStoreFreshUntilARequestNeedsTheTypes()
    {
        await using var gateway = new GatewayFactory().With("MetadataStore:RegisterTypes", "false");

        (await gateway.Client.GetJson("/readyz")).Expect(HttpStatusCode.OK);
        Assert.Empty((await gateway.Store.GetArtifactTypesAsync(new GetArtifactTypesRequest())).ArtifactTypes);

        (await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "first"}""")).Expect(HttpStatusCode.Created);
        Assert.Equal(3, (await gateway.Store.GetArtifactTypesAsync(new GetArtifactTypesRequest())).ArtifactTypes.Count);
    }
}
