using Google.Protobuf.Collections;
using MlMetadata;

namespace MetadataGateway.Tests.Hosting;

/// <summary>What MLMD holds behind the gateway, and what other clients of it put there.</summary>
internal static class StoredNodes
{
    public static async Task<Artifact> GetArtifact(this MetadataStoreService.MetadataStoreServiceClient store, string? id) =>
        (await store.GetArtifactsByIDAsync(new() { ArtifactIds = { long.Parse(id!) } })).Artifacts.Single();

    public static async Task<Context> GetContext(this MetadataStoreService.MetadataStoreServiceClient store, string? id) =>
        (await store.GetContextsByIDAsync(new() { ContextIds = { long.Parse(id!) } })).Contexts.Single();

    public static async Task<IReadOnlyList<Context>> GetContextsOf(this MetadataStoreService.MetadataStoreServiceClient store, string? artifactId) =>
        (await store.GetContextsByArtifactAsync(new() { ArtifactId = long.Parse(artifactId!) })).Contexts;

    /// <summary>Puts the artifact under a type that is registered if need be, and into a workspace's context if one is named.</summary>
    public static async Task<string> PutArtifact(
        this MetadataStoreService.MetadataStoreServiceClient store, ArtifactType type, Artifact artifact, string? workspace = null)
    {
        var typeId = (await store.PutArtifactTypeAsync(new() { ArtifactType = type, CanAddFields = true, CanOmitFields = true })).TypeId;
        artifact.TypeId = typeId;
        var id = (await store.PutArtifactsAsync(new() { Artifacts = { artifact } })).ArtifactIds.Single();
        if (workspace is not null)
        {
            var context = await store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = workspace });
            await store.PutAttributionsAndAssociationsAsync(new() { Attributions = { new Attribution { ArtifactId = id, ContextId = context.Context.Id } } });
        }

        return id.ToString();
    }

    /// <summary>Puts a workspace or run context as it stands.</summary>
    public static async Task<string> PutContext(this MetadataStoreService.MetadataStoreServiceClient store, string typeName, Context context)
    {
        context.TypeId = (await store.GetContextTypeAsync(new() { TypeName = typeName })).ContextType.Id;
        return (await store.PutContextsAsync(new() { Contexts = { context } })).ContextIds.Single().ToString();
    }

    public static Value Text(string text) => new() { StringValue = text };

    /// <summary>The texts among the properties, and the other values as protobuf's JSON.</summary>
    public static SortedDictionary<string, string> Texts(this MapField<string, Value> properties) =>
        new(properties.ToDictionary(entry => entry.Key, entry => entry.Value.HasStringValue ? entry.Value.StringValue : entry.Value.ToString()), StringComparer.Ordinal);
}
