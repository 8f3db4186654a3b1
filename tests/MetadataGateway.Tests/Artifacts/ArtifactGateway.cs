using System.Text.Json.Nodes;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Artifacts;

/// <summary>A gateway with the workspace <c>w</c> in it.</summary>
public sealed class ArtifactGateway : IAsyncLifetime
{
    private GatewayFactory Factory { get; } = new();

    internal HttpClient Client => Factory.Client;

    internal MetadataStoreService.MetadataStoreServiceClient Store => Factory.Store;

    public async Task InitializeAsync() => (await Client.PutJson($"{HttpJson.Api}/workspaces/w", "{}")).Expect(System.Net.HttpStatusCode.Created);

    public async Task DisposeAsync() => await Factory.DisposeAsync();

    /// <summary>All fields of an artifact but those that every create gives anew, as they stand in the body.</summary>
    internal static string FieldsOf(Answer answer)
    {
        var fields = (JsonObject)answer.Json!;
        foreach (var name in new[] { "id", "kind", "createTime", "updateTime", "etag" })
        {
            Assert.True(fields.Remove(name), $"The answer has no '{name}'.");
        }

        return fields.Raw()[1..^1];
    }
}
