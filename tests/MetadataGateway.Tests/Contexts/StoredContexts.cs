using System.Globalization;
using MlMetadata;
using StoreClient = MlMetadata.MetadataStoreService.MetadataStoreServiceClient;

namespace MetadataGateway.Tests.Contexts;

/// <summary>Contexts and their records as other clients of MLMD store them.</summary>
internal static class StoredContexts
{
    public static async Task<long> PutContextTypeAsync(this StoreClient store, string name, string? version = null)
    {
        var type = new ContextType { Name = name, Properties = { ["n"] = PropertyType.Int, ["__ALL_META__"] = PropertyType.String } };
        if (version is not null)
        {
            type.Version = version;
        }

        return (await store.PutContextTypeAsync(new() { ContextType = type })).TypeId;
    }

    public static async Task<long> PutContextAsync(this StoreClient store, long typeId, string name, Action<Context>? change = null)
    {
        var context = new Context { TypeId = typeId, Name = name };
        change?.Invoke(context);
        return (await store.PutContextsAsync(new() { Contexts = { context } })).ContextIds[0];
    }

    public static async Task<long> PutArtifactAsync(this StoreClient store, long contextId, Artifact.Types.State state = Artifact.Types.State.Live)
    {
        var type = await store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "thing" } });
        var stored = await store.PutArtifactsAsync(new() { Artifacts = { new Artifact { TypeId = type.TypeId, State = state } } });
        await store.PutAttributionsAndAssociationsAsync(
            new() { Attributions = { new Attribution { ContextId = contextId, ArtifactId = stored.ArtifactIds[0] } } });
        return stored.ArtifactIds[0];
    }

    public static async Task<long> PutExecutionAsync(this StoreClient store, long contextId)
    {
        var type = await store.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "doing" } });
        var stored = await store.PutExecutionsAsync(new() { Executions = { new Execution { TypeId = type.TypeId } } });
        await store.PutAttributionsAndAssociationsAsync(
            new() { Associations = { new Association { ContextId = contextId, ExecutionId = stored.ExecutionIds[0] } } });
        return stored.ExecutionIds[0];
    }

    public static Task PutParentAsync(this StoreClient store, long child, long parent) =>
        store.PutParentContextsAsync(new() { ParentContexts = { new ParentContext { ChildId = child, ParentId = parent } } }).ResponseAsync;

    public static string Text(this long id) => id.ToString(CultureInfo.InvariantCulture);
}
