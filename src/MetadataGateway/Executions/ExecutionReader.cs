using MetadataGateway.Artifacts;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>Stored executions by id, and as resources.</summary>
internal sealed class ExecutionReader(
    MetadataStoreService.MetadataStoreServiceClient client, TypeCache types, ArtifactReader artifacts, WorkspaceMembership workspaces)
{
    private const int ChunkSize = 1000;

    /// <summary>The execution; 404 when there is none.</summary>
    public async Task<Execution> GetAsync(long id, CancellationToken cancellationToken) =>
        (await FindAsync([id], cancellationToken)).GetValueOrDefault(id) ?? throw ProblemException.NotFound($"Execution {id}");

    /// <summary>Those of the executions that exist.</summary>
    public async Task<Dictionary<long, Execution>> FindAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Execution>();
        foreach (var chunk in ids.Distinct().Chunk(ChunkSize))
        {
            var answer = await client.GetExecutionsByIDAsync(new() { ExecutionIds = { chunk } }, cancellationToken: cancellationToken);
            foreach (var execution in answer.Executions)
            {
                found[execution.Id] = execution;
            }
        }

        return found;
    }

    /// <summary>Makes their types known; the Kubeflow type has no version worth a call.</summary>
    public Task LoadTypesAsync(IEnumerable<Execution> executions, CancellationToken cancellationToken) => types.LoadExecutionTypesAsync(
        executions.Where(execution => execution.Type != KubeflowTypes.Execution.Name).Select(execution => execution.TypeId), cancellationToken);

    /// <summary>In the same order. <paramref name="workspace"/> is that of records that do not say it themselves.</summary>
    public async Task<IReadOnlyList<ExecutionResource>> ToResourcesAsync(
        IReadOnlyCollection<Execution> executions, string workspace, CancellationToken cancellationToken)
    {
        await LoadTypesAsync(executions, cancellationToken);
        return [.. executions.Select(execution => execution.ToResource(types.Find(execution.TypeId)?.Version, workspace))];
    }

    /// <summary>In the same order, from any workspace: it is looked up where a record does not say it.</summary>
    public async Task<IReadOnlyList<ExecutionResource>> ToResourcesAsync(IReadOnlyCollection<Execution> executions, CancellationToken cancellationToken)
    {
        await LoadTypesAsync(executions, cancellationToken);
        var workspaceOf = await workspaces.OfExecutionsAsync(executions, cancellationToken);
        return [.. executions.Select(execution => execution.ToResource(types.Find(execution.TypeId)?.Version, workspaceOf[execution.Id]))];
    }

    public async Task<ExecutionResource> ToResourceAsync(Execution execution, CancellationToken cancellationToken) =>
        (await ToResourcesAsync([execution], cancellationToken))[0];

    public async Task<string?> FindWorkspaceAsync(Execution execution, CancellationToken cancellationToken) =>
        (await workspaces.OfExecutionsAsync([execution], cancellationToken))[execution.Id];

    /// <summary>All events of the execution, in MLMD's order.</summary>
    public async Task<IReadOnlyList<Event>> GetEventsAsync(long executionId, CancellationToken cancellationToken)
    {
        var answer = await client.GetEventsByExecutionIDsAsync(new() { ExecutionIds = { executionId } }, cancellationToken: cancellationToken);
        return answer.Events;
    }

    /// <summary>The inputs or outputs among the events, each artifact once.</summary>
    public static IReadOnlyList<Event> LinksOf(IEnumerable<Event> events, LinkDirection direction) =>
        [.. events.Where(linkEvent => linkEvent.IsLink(direction)).DistinctBy(linkEvent => linkEvent.ArtifactId)];

    /// <summary>The items of a list of inputs or outputs; an event whose artifact does not exist is left out.</summary>
    public async Task<IReadOnlyList<LinkResource>> ToLinksAsync(IReadOnlyCollection<Event> events, CancellationToken cancellationToken) =>
        ToLinks(events, await FindResourcesAsync(events, cancellationToken));

    /// <summary>The execution with everything it read and wrote.</summary>
    public async Task<ExecutionResource> ToFullResourceAsync(Execution execution, IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        var inputs = LinksOf(events, LinkDirection.Input);
        var outputs = LinksOf(events, LinkDirection.Output);
        var found = await FindResourcesAsync([.. inputs, .. outputs], cancellationToken);
        var resource = await ToResourceAsync(execution, cancellationToken);
        // The tag was made from the plain representation and stays.
        return resource with { Inputs = ToLinks(inputs, found), Outputs = ToLinks(outputs, found) };
    }

    private async Task<Dictionary<string, ArtifactResource>> FindResourcesAsync(IReadOnlyCollection<Event> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return [];
        }

        var found = await artifacts.FindAsync(events.Select(linkEvent => linkEvent.ArtifactId), cancellationToken);
        return (await artifacts.ToResourcesAsync(found.Values, cancellationToken)).ToDictionary(resource => resource.Id);
    }

    private static List<LinkResource> ToLinks(IEnumerable<Event> events, Dictionary<string, ArtifactResource> found) =>
        [.. events.Where(linkEvent => found.ContainsKey(ResourceId.Format(linkEvent.ArtifactId))).Select(linkEvent => new LinkResource
        {
            Artifact = found[ResourceId.Format(linkEvent.ArtifactId)],
            Key = linkEvent.KeyOf(),
            EventTime = TimestampConverter.FromMilliseconds(linkEvent.MillisecondsSinceEpoch),
        })];
}
