using System.ComponentModel;
using MetadataGateway.Artifacts;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.MetadataStore;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;
using Microsoft.AspNetCore.Mvc;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>The query parameters of a create.</summary>
internal sealed class CreateExecutionQuery : IfExistsQuery
{
    [FromQuery(Name = "createWorkspace"), Description("true: make the workspace when it does not exist, rather than answering 404. Default: false."), BooleanParameter]
    public string? CreateWorkspaceText { get; init; }

    public bool CreateWorkspace => CreateWorkspaceText == "true";

    public override void Check(ICollection<Fault> faults)
    {
        base.Check(faults);
        if (CreateWorkspaceText is not (null or "true" or "false"))
        {
            faults.Add(new Fault("createWorkspace", "must be true or false."));
        }
    }
}

/// <summary>Records an execution with everything it read and wrote, in one atomic write.</summary>
internal static class CreateExecution
{
    public static Task<ResourceResult<ExecutionResource>> Handle(
        string workspace, RequestBody<CreateExecutionRequest> body, [AsParameters] CreateExecutionQuery query, ReturnPreference preference,
        IdempotencyKey key, CreateExecutionHandler handler, CancellationToken cancellationToken) =>
        handler.HandleAsync(workspace, body.Value, query, preference, key.Of(body), cancellationToken);

    public static string Location(long id) => $"/api/v1/executions/{ResourceId.Format(id)}";
}

internal sealed class CreateExecutionHandler(
    WorkspaceDirectory workspaces, LabelledContextStore contexts, KubeflowTypeRegistry kubeflowTypes, TypeCache types,
    LinkPlanner links, SubgraphWriter writer, ExecutionReader reader, Replays replays, TimeProvider timeProvider)
{
    public Task<ResourceResult<ExecutionResource>> HandleAsync(
        string workspace, CreateExecutionRequest request, CreateExecutionQuery query, ReturnPreference preference, KeyedRequest? keyed,
        CancellationToken cancellationToken)
    {
        RequireSameWorkspace(request, workspace);
        return replays.RunAsync(
            keyed,
            () => RecordAsync(workspace, request, query, preference, keyed, cancellationToken),
            marker => ReplayAsync(marker, request, query.IfExists, preference, cancellationToken),
            cancellationToken);
    }

    private async Task<ResourceResult<ExecutionResource>> RecordAsync(
        string workspace, CreateExecutionRequest request, CreateExecutionQuery query, ReturnPreference preference, KeyedRequest? keyed,
        CancellationToken cancellationToken)
    {
        var workspaceId = await FindWorkspaceIdAsync(workspace, query.CreateWorkspace, cancellationToken);
        var run = string.IsNullOrEmpty(request.Run) ? null : request.Run;
        var type = await GetTypeAsync(request, cancellationToken);

        var (id, events, planned) = await SubgraphWriter.RetryLostRacesAsync(
            () => WriteAsync(request, new RecordScope(workspace, workspaceId, run), type, query.IfExists, keyed, cancellationToken));

        if (preference.IsMinimal)
        {
            return Minimal(id, events, isNew: true);
        }

        var execution = await reader.GetAsync(id, cancellationToken);
        return await AnswerAsync(execution, events, planned, isNew: true, cancellationToken);
    }

    private async Task<ResourceResult<ExecutionResource>> ReplayAsync(
        Context marker, CreateExecutionRequest request, IfExists ifExists, ReturnPreference preference, CancellationToken cancellationToken)
    {
        var execution = await replays.GetExecutionAsync(marker, cancellationToken);
        var events = await reader.GetEventsAsync(execution.Id, cancellationToken);
        if (preference.IsMinimal)
        {
            return Minimal(execution.Id, events, isNew: false);
        }

        var given = GivenLinks(request).Where(link => !link.IsReference).Select(link => link.Artifact).ToList();
        var reused = await replays.PlanStoredAsync(marker, given, ifExists, cancellationToken);
        return await AnswerAsync(execution, events, reused, isNew: false, cancellationToken);
    }

    private static ResourceResult<ExecutionResource> Minimal(long id, IReadOnlyList<Event> events, bool isNew)
    {
        var written = MinimalResource.Of(id) with { Inputs = References(events, LinkDirection.Input), Outputs = References(events, LinkDirection.Output) };
        return ResourceResult<ExecutionResource>.Minimal(written, CreateExecution.Location(id), isNew);
    }

    private async Task<ResourceResult<ExecutionResource>> AnswerAsync(
        Execution execution, IReadOnlyList<Event> events, IEnumerable<PlannedArtifact> artifacts, bool isNew, CancellationToken cancellationToken)
    {
        var resource = await reader.ToFullResourceAsync(execution, events, cancellationToken);
        ShowConflicts(resource, artifacts);
        return ResourceResult<ExecutionResource>.Created(resource, CreateExecution.Location(execution.Id), isNew);
    }

    private static IEnumerable<GivenLink> GivenLinks(CreateExecutionRequest request) =>
        (request.Inputs ?? []).Select((link, i) => new GivenLink(link, $"inputs[{i}].")).Concat((request.Outputs ?? []).Select((link, i) => new GivenLink(link, $"outputs[{i}].")));

    private static IReadOnlyList<MinimalReference> References(IReadOnlyList<Event> events, LinkDirection direction) =>
        [.. ExecutionReader.LinksOf(events, direction).Select(link => new MinimalReference(ResourceId.Format(link.ArtifactId)))];

    private async Task<(long Id, IReadOnlyList<Event> Events, IReadOnlyList<PlannedArtifact> Artifacts)> WriteAsync(
        CreateExecutionRequest request, RecordScope scope, RegisteredType type, IfExists ifExists, KeyedRequest? keyed, CancellationToken cancellationToken)
    {
        var given = GivenLinks(request).ToList();
        var inputs = request.Inputs?.Count ?? 0;
        var planned = await links.PlanAsync(given, scope, ifExists, cancellationToken);

        var faults = new List<Fault>();
        var now = timeProvider.GetUtcNow();
        var node = request.ToNode(type, scope.Workspace, scope.Run, CreateTime.Format(now), faults);
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }

        var edges = LinkPlanner.Fold(planned.Take(inputs)).Select(link => (link.Artifact, EventMapping.NewEvent(LinkDirection.Input, link.Key, now)))
            .Concat(LinkPlanner.Fold(planned.Skip(inputs)).Select(link => (link.Artifact, EventMapping.NewEvent(LinkDirection.Output, link.Key, now))))
            .ToList();
        var artifacts = planned.Select(link => link.Artifact).Distinct().ToList();
        if (scope.WorkspaceId is null)
        {
            // Only now that nothing is wrong with the request: one that is refused leaves no workspace behind.
            scope = scope with { WorkspaceId = await CreateWorkspaceAsync(scope.Workspace, cancellationToken) };
        }

        // References are in the body of each repeat.
        var places = planned.Where((_, i) => !given[i].IsReference).Select(link => link.Artifact).ToList();
        var id = await writer.WriteAsync(scope, artifacts, node, edges, keyed?.With(places), cancellationToken);
        foreach (var (artifact, linkEvent) in edges)
        {
            linkEvent.ArtifactId = artifact.Id;
        }

        return (id, [.. edges.Select(edge => edge.Item2)], artifacts);
    }

    // Null for a workspace that is still to be created.
    private async Task<long?> FindWorkspaceIdAsync(string workspace, bool create, CancellationToken cancellationToken)
    {
        if (!create)
        {
            return await workspaces.GetIdAsync(workspace, cancellationToken);
        }

        var id = await workspaces.FindIdAsync(workspace, cancellationToken);
        if (id is null)
        {
            NamePath.Require(workspace);
        }

        return id;
    }

    private async Task<long> CreateWorkspaceAsync(string workspace, CancellationToken cancellationToken)
    {
        var context = await CreateWorkspace.NewContext(workspace, null, null, kubeflowTypes, cancellationToken);
        return (await contexts.CreateAsync(KubeflowTypes.Workspace.Name, context, cancellationToken)).Context.Id;
    }

    private async Task<RegisteredType> GetTypeAsync(CreateExecutionRequest request, CancellationToken cancellationToken)
    {
        // Where they are left to the first request, this may be it.
        await kubeflowTypes.GetIdsAsync(cancellationToken);
        var name = string.IsNullOrEmpty(request.Type) ? KubeflowTypes.Execution.Name : request.Type;
        var version = string.IsNullOrEmpty(request.TypeVersion) ? null : request.TypeVersion;
        var type = await types.FindExecutionTypeAsync(name, version, refresh: false, cancellationToken);
        if (type is not null && (request.Properties ?? []).Any(property => !type.Properties.ContainsKey(property.Key)))
        {
            // The type may have gained a property since it was read.
            type = await types.FindExecutionTypeAsync(name, version, refresh: true, cancellationToken);
        }

        return type ?? throw ProblemException.Unresolved(
            "type", $"There is no execution type '{name}'{(version is null ? "" : $" of version '{version}'")}. Register it first.");
    }

    private static void RequireSameWorkspace(CreateExecutionRequest request, string workspace)
    {
        var faults = new List<Fault>();
        void Check(string? given, string path)
        {
            if (!string.IsNullOrEmpty(given) && given != workspace)
            {
                faults.Add(new Fault(path, $"must be '{workspace}', as in the path, or left out."));
            }
        }

        Check(request.Workspace, "workspace");
        for (var i = 0; i < request.Inputs?.Count; i++)
        {
            Check(request.Inputs[i].Workspace, $"inputs[{i}].workspace");
        }

        for (var i = 0; i < request.Outputs?.Count; i++)
        {
            Check(request.Outputs[i].Workspace, $"outputs[{i}].workspace");
        }

        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }
    }

    private static void ShowConflicts(ExecutionResource resource, IEnumerable<PlannedArtifact> artifacts)
    {
        foreach (var artifact in artifacts)
        {
            // One artifact, however often it is given.
            var conflicts = (artifact.Conflicts ?? []).Union(artifact.LaterConflicts).Order(StringComparer.Ordinal).ToList();
            foreach (var link in resource.Inputs!.Concat(resource.Outputs!).Where(link => conflicts.Count > 0 && link.Artifact.Id == ResourceId.Format(artifact.Id)))
            {
                link.Artifact.Conflicts = conflicts;
            }
        }
    }
}
