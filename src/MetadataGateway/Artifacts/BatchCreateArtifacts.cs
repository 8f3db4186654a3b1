using System.ComponentModel;
using FluentValidation;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MetadataGateway.Paging;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using MlMetadata;

namespace MetadataGateway.Artifacts;

internal sealed record BatchCreateArtifactsRequest
{
    [Description("1 to 1000 artifacts. All name the same run, or none does: MLMD attributes what one write records to all of the write's contexts.")]
    public IReadOnlyList<ArtifactRequest>? Requests { get; init; }
}

internal sealed class BatchCreateArtifactsValidator : AbstractValidator<BatchCreateArtifactsRequest>
{
    private const int MaxRequests = 1000;

    public BatchCreateArtifactsValidator()
    {
        RuleFor(batch => batch.Requests).Custom((requests, context) =>
        {
            if (requests is null || requests.Count is 0 or > MaxRequests)
            {
                context.AddFailure($"must be 1 to {MaxRequests} artifacts.");
            }
        });
        RuleForEach(batch => batch.Requests).NotNull().SetValidator(new ArtifactValidator(ArtifactKind.Artifact));
        RuleFor(batch => batch).Custom((batch, context) =>
        {
            var run = batch.Requests is [var first, ..] ? RunOf(first) : null;
            for (var i = 1; i < batch.Requests?.Count; i++)
            {
                if (batch.Requests[i] is { } request && RunOf(request) != run)
                {
                    context.AddFailure(
                        $"requests[{i}].run", $"must be {(run is null ? "left out" : $"'{run}'")}, as in requests[0]: one batch records for one run, or for none.");
                }
            }
        });
    }

    private static string? RunOf(ArtifactRequest? request) => string.IsNullOrEmpty(request?.Run) ? null : request.Run;
}

/// <summary>Records many artifacts in one atomic write.</summary>
internal static class BatchCreateArtifacts
{
    public static Task<Results<Created<ListResult<ArtifactResource>>, OkWithLocation<ListResult<ArtifactResource>>, MinimalResult>> Handle(
        string workspace, RequestBody<BatchCreateArtifactsRequest> body, [AsParameters] IfExistsQuery query, ReturnPreference preference,
        IdempotencyKey key, BatchCreateArtifactsHandler handler, CancellationToken cancellationToken) =>
        handler.HandleAsync(workspace, body.Value.Requests!, query.IfExists, preference, key.Of(body), cancellationToken);

    public static string Location(string workspace) => $"{CreateWorkspace.Location(workspace)}/artifacts";
}

internal sealed class BatchCreateArtifactsHandler(
    WorkspaceDirectory workspaces, ArtifactPlanner planner, SubgraphWriter writer, ArtifactReader reader, Replays replays)
{
    public Task<Results<Created<ListResult<ArtifactResource>>, OkWithLocation<ListResult<ArtifactResource>>, MinimalResult>> HandleAsync(
        string workspace, IReadOnlyList<ArtifactRequest> requests, IfExists ifExists, ReturnPreference preference, KeyedRequest? keyed,
        CancellationToken cancellationToken)
    {
        RequireSameWorkspace(requests, workspace);
        var given = requests.Select((request, i) => new GivenArtifact(request, ArtifactValidator.KindOf(request, ArtifactKind.Artifact)!.Value, $"requests[{i}].")).ToList();
        return replays.RunAsync(
            keyed,
            async () => await AnswerAsync(
                workspace, given, await RecordAsync(workspace, given, ifExists, keyed, cancellationToken), isReplay: false, preference, cancellationToken),
            async marker => await AnswerAsync(
                workspace, given, await replays.PlanAsync(marker, given, ifExists, cancellationToken), isReplay: true, preference, cancellationToken),
            cancellationToken);
    }

    private async Task<IReadOnlyList<PlannedArtifact>> RecordAsync(
        string workspace, List<GivenArtifact> given, IfExists ifExists, KeyedRequest? keyed, CancellationToken cancellationToken)
    {
        var run = given[0].Request.Run;
        var scope = new RecordScope(workspace, await workspaces.GetIdAsync(workspace, cancellationToken), string.IsNullOrEmpty(run) ? null : run);
        return await SubgraphWriter.RetryLostRacesAsync(async () =>
        {
            var plan = await planner.PlanAsync(given, scope.Workspace, scope.Run, ifExists, cancellationToken);
            ApplyRepeats(given, plan, ifExists);
            RequireDistinctExternalIds(plan);
            if (keyed is not null || plan.Any(artifact => artifact.Node is not null))
            {
                await writer.WriteAsync(scope, plan, execution: null, edges: [], keyed?.With(plan), cancellationToken);
            }

            return plan;
        });
    }

    private async Task<Results<Created<ListResult<ArtifactResource>>, OkWithLocation<ListResult<ArtifactResource>>, MinimalResult>> AnswerAsync(
        string workspace, List<GivenArtifact> given, IReadOnlyList<PlannedArtifact> planned, bool isReplay, ReturnPreference preference,
        CancellationToken cancellationToken)
    {
        var location = planned.Any(artifact => artifact.IsNew) ? BatchCreateArtifacts.Location(workspace) : null;
        var isNew = location is not null && !isReplay;
        if (preference.IsMinimal)
        {
            return new MinimalResult(new MinimalBatch([.. planned.Select(artifact => MinimalResource.Of(artifact.Id))]), location, isNew);
        }

        var result = new ListResult<ArtifactResource> { Items = await ReadAsync(given, planned, cancellationToken) };
        return isNew ? TypedResults.Created(location, result) : new OkWithLocation<ListResult<ArtifactResource>>(location, result);
    }

    // A dataset or model that the batch has already is the same artifact, as if it had been stored in between.
    private static void ApplyRepeats(List<GivenArtifact> given, IReadOnlyList<PlannedArtifact> plan, IfExists ifExists)
    {
        var faults = new List<Fault>();
        var seen = new HashSet<PlannedArtifact>();
        for (var i = 0; i < plan.Count; i++)
        {
            if (seen.Add(plan[i]))
            {
                continue;
            }

            if (ifExists == IfExists.Fail)
            {
                throw new ProblemException(
                    ProblemType.AlreadyExists, $"{given[i].Path}name: {plan[i].Path.TrimEnd('.')} has the same workspace, type, uri, name and version.");
            }

            // Reused as it stands, the repeat is written nowhere, but has to be right all the same.
            var changed = (plan[i].Node ?? plan[i].Stored)!.Clone();
            Apply(given[i], changed, faults);
            if (ifExists == IfExists.Update)
            {
                plan[i].Node = changed.Equals(plan[i].Stored) ? null : changed;
            }
        }

        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }
    }

    private static void Apply(GivenArtifact given, Artifact node, List<Fault> faults)
    {
        var isNew = !node.HasType;
        node.Type = ArtifactKinds.WrittenType(given.Kind)!.Name;
        ArtifactWriting.Apply(ArtifactRecord.Of(node), given.Request, given.Request.GivenFields(), null, given.Path, faults);
        if (isNew)
        {
            node.ClearType();
        }
    }

    // MLMD would say that the id is taken, as it does when another writer was faster.
    private static void RequireDistinctExternalIds(IReadOnlyList<PlannedArtifact> plan)
    {
        var faults = plan.Distinct().Where(artifact => artifact.Node?.HasExternalId == true && RecordProperties.PublicExternalId(artifact.Node.ExternalId) is not null)
            .GroupBy(artifact => artifact.Node!.ExternalId).SelectMany(same => same.Skip(1))
            .Select(artifact => new Fault($"{artifact.Path}externalId", $"'{artifact.Node!.ExternalId}' stands in the batch already; external ids are unique.")).ToList();
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }
    }

    private async Task<IReadOnlyList<ArtifactResource>> ReadAsync(
        List<GivenArtifact> given, IReadOnlyList<PlannedArtifact> planned, CancellationToken cancellationToken)
    {
        var stored = await reader.FindAsync(planned.Select(artifact => artifact.Id), cancellationToken);
        var resources = await reader.ToResourcesAsync([.. planned.Select(artifact => stored[artifact.Id])], cancellationToken);
        var seen = new HashSet<PlannedArtifact>();
        for (var i = 0; i < planned.Count; i++)
        {
            resources[i].Conflicts = seen.Add(planned[i]) ? planned[i].Conflicts : ArtifactPlanner.ConflictsWith(stored[planned[i].Id], given[i]);
        }

        return resources;
    }

    private static void RequireSameWorkspace(IReadOnlyList<ArtifactRequest> requests, string workspace)
    {
        var faults = requests.Select((request, i) => (request.Workspace, Path: $"requests[{i}].workspace"))
            .Where(given => !string.IsNullOrEmpty(given.Workspace) && given.Workspace != workspace)
            .Select(given => new Fault(given.Path, $"must be '{workspace}', as in the path, or left out.")).ToList();
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }
    }
}
