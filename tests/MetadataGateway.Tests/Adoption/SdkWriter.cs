using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Adoption;

/// <summary>Writes records with the calls and in the form of the Kubeflow Metadata SDK: a run is a custom property, and nothing else.</summary>
internal sealed class SdkWriter(MetadataStoreService.MetadataStoreServiceClient store)
{
    public const string ModelType = "kubeflow.org/alpha/model";
    public const string DatasetType = "kubeflow.org/alpha/data_set";
    public const string MetricsType = "kubeflow.org/alpha/metrics";

    private readonly Dictionary<string, long> _typeIds = [];

    public async Task<long> WorkspaceAsync(string name) => long.Parse(await store.PutContext("kubeflow.org/alpha/workspace", new Context { Name = name }));

    /// <summary>An execution, in the workspace's context when there is one.</summary>
    public async Task<long> ExecutionAsync(string workspace, string? run) => (await ExecutionsAsync(workspace, [run])).Single();

    public async Task<IReadOnlyList<long>> ExecutionsAsync(string workspace, IEnumerable<string?> runs)
    {
        if (!_typeIds.TryGetValue("execution", out var typeId))
        {
            _typeIds["execution"] = typeId = (await store.GetExecutionTypeAsync(new() { TypeName = "kubeflow.org/alpha/execution" })).ExecutionType.Id;
        }

        var executions = runs.Select(run => Marked(new Execution { TypeId = typeId }, workspace, run));
        var ids = (await store.PutExecutionsAsync(new() { Executions = { executions } })).ExecutionIds;
        if (await FindWorkspaceAsync(workspace) is { } contextId)
        {
            var request = new PutAttributionsAndAssociationsRequest();
            request.Associations.AddRange(ids.Select(id => new Association { ExecutionId = id, ContextId = contextId }));
            await store.PutAttributionsAndAssociationsAsync(request);
        }

        return ids;
    }

    /// <summary>An artifact with that <c>__ALL_META__</c>; null leaves it out.</summary>
    public async Task<string> ArtifactAsync(string typeName, string workspace, string? run, string? allMeta, Action<Artifact>? change = null)
    {
        var typeId = (await store.GetArtifactTypeAsync(new() { TypeName = typeName })).ArtifactType.Id;
        var artifact = new Artifact { TypeId = typeId, Uri = "s3://b/o" };
        artifact.Properties["name"] = StoredNodes.Text("digits");
        if (allMeta is not null)
        {
            artifact.Properties["__ALL_META__"] = StoredNodes.Text(allMeta);
        }

        artifact.CustomProperties["__kf_workspace__"] = StoredNodes.Text(workspace);
        if (run is not null)
        {
            artifact.CustomProperties["__kf_run__"] = StoredNodes.Text(run);
        }

        change?.Invoke(artifact);
        var id = (await store.PutArtifactsAsync(new() { Artifacts = { artifact } })).ArtifactIds.Single();
        if (await FindWorkspaceAsync(workspace) is { } contextId)
        {
            await store.PutAttributionsAndAssociationsAsync(new() { Attributions = { new Attribution { ArtifactId = id, ContextId = contextId } } });
        }

        return id.ToString();
    }

    public static string ModelMeta(string labels, string hyperparameters) => $$$"""
        {"workspace": null, "name": "digits", "description": "", "owner": null, "uri": "s3://b/o", "version": null, "model_type": null, "training_framework": null, "hyperparameters": {{{hyperparameters}}}, "labels": {{{labels}}}, "id": null, "create_time": "2020-03-01T10:00:00Z", "kwargs": {}}
        """;

    private static Execution Marked(Execution execution, string workspace, string? run)
    {
        execution.Properties["name"] = StoredNodes.Text("train");
        execution.CustomProperties["__kf_workspace__"] = StoredNodes.Text(workspace);
        if (run is not null)
        {
            execution.CustomProperties["__kf_run__"] = StoredNodes.Text(run);
        }

        return execution;
    }

    private async Task<long?> FindWorkspaceAsync(string name) =>
        (await store.GetContextByTypeAndNameAsync(new() { TypeName = "kubeflow.org/alpha/workspace", ContextName = name })).Context?.Id;
}
