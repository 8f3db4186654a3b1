using MlMetadata;

namespace MetadataGateway.Tests.Hosting;

/// <summary>How many nodes and events a store holds: equal before and after, nothing was stored in between.</summary>
internal sealed record StoredRows(int Artifacts, int Executions, int Contexts, int Events)
{
    public static async Task<StoredRows> CountAsync(MetadataStoreService.MetadataStoreServiceClient store)
    {
        var executions = (await store.GetExecutionsAsync(new())).Executions;
        var events = executions.Count == 0
            ? 0
            : (await store.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { executions.Select(execution => execution.Id) } })).Events.Count;
        return new((await store.GetArtifactsAsync(new())).Artifacts.Count, executions.Count, (await store.GetContextsAsync(new())).Contexts.Count, events);
    }
}
