using System.Collections.Immutable;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

internal static class ModelMap
{
    /// <summary>In the order of names, as a database most likely gives them: equal answers are then mostly equal in their bytes.</summary>
    public static ImmutableSortedDictionary<string, TValue> Empty<TValue>() =>
        ImmutableSortedDictionary<string, TValue>.Empty.WithComparers(StringComparer.Ordinal);
}

internal enum ModelKind
{
    Artifact,
    Execution,
    Context,
}

/// <summary>A type. Null is unset; a base type is the id of a simple type.</summary>
internal sealed record ModelType(long Id, ModelKind Kind, string Name, string? Version)
{
    public string? Description { get; init; }

    public string? ExternalId { get; init; }

    public ImmutableSortedDictionary<string, PropertyType> Properties { get; init; } = ModelMap.Empty<PropertyType>();

    public ArtifactStructType? InputType { get; init; }

    public ArtifactStructType? OutputType { get; init; }

    public long? BaseId { get; init; }
}

/// <summary>A node of any kind, as a request gives it or as it is stored. Null is unset.</summary>
internal sealed record ModelNode(ModelKind Kind, long? Id, long? TypeId)
{
    /// <summary>The type's name as the request gives it. It is never stored.</summary>
    public string? TypeName { get; init; }

    public string? Name { get; init; }

    public string? ExternalId { get; init; }

    public string? Uri { get; init; }

    public int? State { get; init; }

    public ImmutableSortedDictionary<string, Value> Properties { get; init; } = ModelMap.Empty<Value>();

    public ImmutableSortedDictionary<string, Value> CustomProperties { get; init; } = ModelMap.Empty<Value>();

    public long CreateTime { get; init; }

    public long LastUpdateTime { get; init; }

    public bool HasSystemMetadata { get; init; }
}

internal sealed record ModelEvent(
    long ArtifactId, long ExecutionId, Event.Types.Type Type, long Time, ImmutableList<Event.Types.Path.Types.Step> Steps);

/// <summary>
/// All that a store holds. What the lists hold is never changed, only replaced, so that a copy of the lists is a snapshot. Nothing is ever
/// deleted, and what fails is undone, ids included: an id is one more than there are.
/// </summary>
internal sealed class ModelData
{
    public List<ModelType> Types { get; private init; } = [];

    public Dictionary<ModelKind, List<ModelNode>> Nodes { get; private init; } =
        Enum.GetValues<ModelKind>().ToDictionary(kind => kind, _ => new List<ModelNode>());

    public List<ModelEvent> Events { get; private init; } = [];

    public List<(long Context, long Artifact)> Attributions { get; private init; } = [];

    public List<(long Context, long Execution)> Associations { get; private init; } = [];

    public List<(long Child, long Parent)> ParentContexts { get; private init; } = [];

    public ModelData Copy() => new()
    {
        Types = [.. Types],
        Nodes = Nodes.ToDictionary(entry => entry.Key, entry => entry.Value.ToList()),
        Events = [.. Events],
        Attributions = [.. Attributions],
        Associations = [.. Associations],
        ParentContexts = [.. ParentContexts],
    };

    public ModelType? Type(ModelKind kind, long id) => Types.Find(type => type.Kind == kind && type.Id == id);

    /// <summary>An empty version is none.</summary>
    public ModelType? Type(ModelKind kind, string name, string? version) =>
        Types.Find(type => type.Kind == kind && type.Name == name && (type.Version ?? "") == (version ?? ""));

    public ModelNode? Node(ModelKind kind, long id) => Nodes[kind].Find(node => node.Id == id);
}
