using System.Collections.Immutable;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>How an update is to be done.</summary>
/// <param name="Mask">The paths of the mask; null for a full replacement.</param>
/// <param name="AbortIfChanged">Whether the given last update time has to be the stored one.</param>
/// <param name="ForceTime">Whether the last update time moves in any case.</param>
internal sealed record ModelUpdate(MaskRules? Mask = null, bool AbortIfChanged = false, bool ForceTime = false);

/// <summary>Nodes without an id are created, those with one updated.</summary>
internal static class NodeRules
{
    public static long Put(ModelData data, ModelNode given, long now, ModelUpdate? update = null) =>
        given.Id is null ? Create(data, given, now) : Update(data, given, now, update ?? new ModelUpdate());

    private static long Create(ModelData data, ModelNode given, long now)
    {
        if (given.TypeId is not { } typeId)
            throw ModelFailure.Invalid("a new node needs a type_id");
        if (data.Type(given.Kind, typeId) is not { } type)
            throw ModelFailure.NotFound("the type_id of a new node is not that of a type of its kind");
        ValueRules.Check(type, given, mask: null);
        if (given.Kind == ModelKind.Context)
            CheckContextName(given);
        var created = given with
        {
            Id = data.Nodes[given.Kind].Count + 1,
            Uri = given.Uri ?? "",
            TypeName = null,
            HasSystemMetadata = false,
            CreateTime = now,
            LastUpdateTime = now,
        };
        CheckUnique(data, created);
        data.Nodes[given.Kind].Add(created);
        return created.Id.Value;
    }

    private static long Update(ModelData data, ModelNode given, long now, ModelUpdate update)
    {
        if (data.Node(given.Kind, given.Id!.Value) is not { } stored)
            throw ModelFailure.Invalid("the id of an update is unknown");
        // Before anything else in the node is looked at.
        if (update.AbortIfChanged && given.LastUpdateTime != stored.LastUpdateTime)
            throw new ModelFailure(StatusCode.FailedPrecondition, "the last update time is another");
        if (given.TypeId is { } typeId && typeId != stored.TypeId)
            throw ModelFailure.Invalid("the type_id of an update is another");
        var type = data.Type(stored.Kind, stored.TypeId!.Value)!;
        ValueRules.Check(type, given, update.Mask);

        var mask = update.Mask;
        var properties = Replace(stored.Properties, given.Properties, name => mask is null || mask.CoversProperty(name));
        var customProperties =
            Replace(stored.CustomProperties, given.CustomProperties, name => mask is null || mask.CoversCustomProperty(name));
        var isChanged = !Same(properties, stored.Properties)
            || !Same(customProperties, stored.CustomProperties)
            || DiffersFromAnswer(given, stored, type.Name);
        if (!isChanged && !update.ForceTime)
            return stored.Id!.Value;

        bool Covers(string field) => mask is null || mask.Covers(field);
        var updated = stored with
        {
            // Only a context can be renamed.
            Name = stored.Kind == ModelKind.Context && Covers("name") ? given.Name : stored.Name,
            ExternalId = Covers("external_id") ? given.ExternalId : stored.ExternalId,
            Uri = Covers("uri") ? given.Uri ?? "" : stored.Uri,
            State = Covers(stored.Kind == ModelKind.Execution ? "last_known_state" : "state") ? given.State : stored.State,
            Properties = properties,
            CustomProperties = customProperties,
            // Under optimistic concurrency the new time is greater than the old one, however the clock goes.
            LastUpdateTime = update.AbortIfChanged ? Math.Max(now, stored.LastUpdateTime + 1) : now,
        };
        if (updated.Kind == ModelKind.Context)
            CheckContextName(updated);
        CheckUnique(data, updated);
        data.Nodes[stored.Kind][data.Nodes[stored.Kind].IndexOf(stored)] = updated;
        return updated.Id!.Value;
    }

    /// <summary>
    /// The comparison that decides whether the last update time moves: with the stored node as a read would give it, and without regard to
    /// the mask. A node without its type or name is a changed one (defect D8, docs/mlmd-compatibility.md).
    /// </summary>
    private static bool DiffersFromAnswer(ModelNode given, ModelNode stored, string typeName) =>
        given.TypeName != typeName
        || given.Name != stored.Name
        || given.ExternalId != stored.ExternalId
        || (stored.Kind == ModelKind.Artifact && given.Uri != stored.Uri)
        || given.State != stored.State
        || given.HasSystemMetadata;

    private static void CheckContextName(ModelNode context)
    {
        if (string.IsNullOrEmpty(context.Name))
            throw ModelFailure.Invalid("a context needs a name");
    }

    /// <summary>Defect D1 (docs/mlmd-compatibility.md): a collision is ALREADY_EXISTS on updates, too.</summary>
    private static void CheckUnique(ModelData data, ModelNode node)
    {
        foreach (var other in data.Nodes[node.Kind].Where(other => other.Id != node.Id))
        {
            if (node.Name is not null && other.Name == node.Name && other.TypeId == node.TypeId)
                throw ModelFailure.Exists("the name is that of another node of the type");
            if (node.ExternalId is not null && other.ExternalId == node.ExternalId)
                throw ModelFailure.Exists("the external_id is that of another node");
        }
    }

    private static ImmutableSortedDictionary<string, Value> Replace(
        ImmutableSortedDictionary<string, Value> stored, ImmutableSortedDictionary<string, Value> given, Func<string, bool> covers) =>
        stored.Where(property => !covers(property.Key))
            .Concat(given.Where(property => covers(property.Key)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static bool Same(ImmutableSortedDictionary<string, Value> one, ImmutableSortedDictionary<string, Value> other) =>
        one.Count == other.Count && one.All(property => other.TryGetValue(property.Key, out var value) && value.Equals(property.Value));
}
