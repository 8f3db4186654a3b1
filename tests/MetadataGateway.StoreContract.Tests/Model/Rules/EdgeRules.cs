using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>Events, attributions, associations and parent contexts.</summary>
internal static class EdgeRules
{
    /// <summary>The ends are those of the event, or known from elsewhere in the request.</summary>
    public static void PutEvent(ModelData data, Event given, long? artifactId, long? executionId, long now)
    {
        if (artifactId is not { } artifact)
            throw ModelFailure.Invalid("an event needs an artifact_id");
        if (executionId is not { } execution)
            throw ModelFailure.Invalid("an event needs an execution_id");
        if (!given.HasType || !Enum.IsDefined(given.Type) || given.Type == Event.Types.Type.Unknown)
            throw ModelFailure.Invalid("an event needs a type");
        // Everywhere, not only in PutEvents (defect D9, docs/mlmd-compatibility.md).
        CheckExists(data, ModelKind.Artifact, artifact);
        CheckExists(data, ModelKind.Execution, execution);
        if (data.Events.Exists(stored => (stored.ArtifactId, stored.ExecutionId, stored.Type) == (artifact, execution, given.Type)))
            throw ModelFailure.Exists("there is such an event");
        data.Events.Add(new ModelEvent(
            artifact,
            execution,
            given.Type,
            given.HasMillisecondsSinceEpoch ? given.MillisecondsSinceEpoch : now,
            // A step with neither index nor key is dropped.
            [.. given.Path?.Steps.Where(step => step.ValueCase != Event.Types.Path.Types.Step.ValueOneofCase.None) ?? []]));
    }

    public static void Attribute(ModelData data, long contextId, long artifactId)
    {
        CheckExists(data, ModelKind.Context, contextId);
        CheckExists(data, ModelKind.Artifact, artifactId);
        if (!data.Attributions.Contains((contextId, artifactId)))
            data.Attributions.Add((contextId, artifactId));
    }

    public static void Associate(ModelData data, long contextId, long executionId)
    {
        CheckExists(data, ModelKind.Context, contextId);
        CheckExists(data, ModelKind.Execution, executionId);
        if (!data.Associations.Contains((contextId, executionId)))
            data.Associations.Add((contextId, executionId));
    }

    public static void PutParentContext(ModelData data, ParentContext given)
    {
        if (!given.HasParentId || !given.HasChildId)
            throw ModelFailure.Invalid("a parent context needs both ids");
        CheckExists(data, ModelKind.Context, given.ParentId);
        CheckExists(data, ModelKind.Context, given.ChildId);
        if (IsSameOrAbove(data, given.ChildId, given.ParentId))
            throw ModelFailure.Invalid("parent contexts form a circle");
        if (data.ParentContexts.Contains((given.ChildId, given.ParentId)))
            throw ModelFailure.Exists("there is such a parent context");
        data.ParentContexts.Add((given.ChildId, given.ParentId));
    }

    private static bool IsSameOrAbove(ModelData data, long candidate, long contextId) =>
        candidate == contextId
        || data.ParentContexts.Where(link => link.Child == contextId).Any(link => IsSameOrAbove(data, candidate, link.Parent));

    private static void CheckExists(ModelData data, ModelKind kind, long id)
    {
        if (data.Node(kind, id) is null)
            throw ModelFailure.Invalid($"an end is no {kind}");
    }
}
