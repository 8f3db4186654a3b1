using MetadataGateway.Artifacts;
using MetadataGateway.Errors;
using MlMetadata;

namespace MetadataGateway.Idempotency;

/// <summary>
/// Answers a request with a key as a request before was answered. What that one recorded is read from its marker as the plan of a request, so that
/// the answer is made by the same code; it shows the records as they are now.
/// </summary>
internal sealed class Replays(MetadataStoreService.MetadataStoreServiceClient client, RequestMarkers markers, ArtifactReader reader)
{
    /// <summary>Runs the request, or replays it when its key is taken: before, or by another at the same moment.</summary>
    public async Task<T> RunAsync<T>(KeyedRequest? request, Func<Task<T>> run, Func<Context, Task<T>> replay, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            return await run();
        }

        if (await markers.FindAsync(request, cancellationToken) is not { } marker)
        {
            try
            {
                return await run();
            }
            catch (KeyTakenException exception)
            {
                marker = exception.Marker;
            }
            catch (ProblemException exception) when (exception.Type.Status == StatusCodes.Status409Conflict)
            {
                // What it collided with may be what the other of two at once has recorded.
                if (await markers.FindAsync(request, cancellationToken) is not { } found)
                {
                    throw;
                }

                marker = found;
            }
        }

        request.ShowReplay();
        return await replay(marker);
    }

    /// <summary>The execution that the request recorded.</summary>
    public async Task<Execution> GetExecutionAsync(Context marker, CancellationToken cancellationToken)
    {
        var answer = await client.GetExecutionsByContextAsync(new() { ContextId = marker.Id }, cancellationToken: cancellationToken);
        return answer.Executions.Count > 0 ? answer.Executions[0] : throw Incomplete();
    }

    /// <summary>The artifacts of the request in its order; what stands twice is one.</summary>
    /// <param name="marker">The marker of the request.</param>
    /// <param name="given">The artifacts as the request gives them; null for those that it only looks for.</param>
    /// <param name="ifExists">What the request asked for; <c>conflicts</c> are a matter of reuse.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<IReadOnlyList<PlannedArtifact>> PlanAsync(
        Context marker, IReadOnlyList<GivenArtifact?> given, IfExists ifExists, CancellationToken cancellationToken)
    {
        var places = MarkerPlaces.Read(marker.CustomProperties, given.Count);
        var stored = await PlanStoredAsync(places, given, ifExists, cancellationToken);
        var created = places.Any(place => place.StoredId is null) ? await PlanCreatedAsync(marker, stored, cancellationToken) : [];
        return [.. places.Select(place => place.StoredId is { } id ? stored[id] : place.New < created.Count ? created[place.New] : throw Incomplete())];
    }

    /// <summary>Those of the artifacts that were stored before the request.</summary>
    public async Task<IReadOnlyCollection<PlannedArtifact>> PlanStoredAsync(
        Context marker, IReadOnlyList<GivenArtifact?> given, IfExists ifExists, CancellationToken cancellationToken) =>
        (await PlanStoredAsync(MarkerPlaces.Read(marker.CustomProperties, given.Count), given, ifExists, cancellationToken)).Values;

    private async Task<Dictionary<long, PlannedArtifact>> PlanStoredAsync(
        IReadOnlyList<MarkerPlace> places, IReadOnlyList<GivenArtifact?> given, IfExists ifExists, CancellationToken cancellationToken)
    {
        var nodes = await reader.FindAsync(places.Where(place => place.StoredId is not null).Select(place => place.StoredId!.Value), cancellationToken);
        var planned = new Dictionary<long, PlannedArtifact>();
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i].StoredId is { } id && !planned.ContainsKey(id))
            {
                var node = nodes.GetValueOrDefault(id) ?? throw Incomplete();
                var conflicts = given[i] is { } artifact && ifExists == IfExists.Reuse ? ArtifactPlanner.ConflictsWith(node, artifact) : null;
                planned[id] = new PlannedArtifact { Stored = node, Id = id, Conflicts = conflicts };
            }
        }

        return planned;
    }

    // No more than one request recorded, so no page of them. Changed ones were written with the marker, too.
    private async Task<IReadOnlyList<PlannedArtifact>> PlanCreatedAsync(
        Context marker, Dictionary<long, PlannedArtifact> stored, CancellationToken cancellationToken)
    {
        var answer = await client.GetArtifactsByContextAsync(new() { ContextId = marker.Id }, cancellationToken: cancellationToken);
        return [.. answer.Artifacts.Where(artifact => !stored.ContainsKey(artifact.Id)).OrderBy(artifact => artifact.Id)
            .Select(artifact => new PlannedArtifact { Id = artifact.Id })];
    }

    private static ProblemException Incomplete() => new(ProblemType.StoreFailed, "What the first request with this Idempotency-Key recorded cannot be read.");
}
