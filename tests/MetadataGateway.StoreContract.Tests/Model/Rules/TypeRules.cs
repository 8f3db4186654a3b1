using System.Collections.Immutable;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>A type as a request gives it. The base type is the enum's name for it, "UNSET" included.</summary>
internal sealed record GivenType(ModelType Type, string? BaseType);

/// <summary>How types are created and evolve.</summary>
internal static class TypeRules
{
    private static readonly (ModelKind Kind, string Name)[] Simple =
    [
        (ModelKind.Artifact, "mlmd.Dataset"),
        (ModelKind.Artifact, "mlmd.Model"),
        (ModelKind.Artifact, "mlmd.Metrics"),
        (ModelKind.Artifact, "mlmd.Statistics"),
        (ModelKind.Execution, "mlmd.Train"),
        (ModelKind.Execution, "mlmd.Transform"),
        (ModelKind.Execution, "mlmd.Process"),
        (ModelKind.Execution, "mlmd.Evaluate"),
        (ModelKind.Execution, "mlmd.Deploy"),
    ];

    public static bool IsSimple(ModelKind kind, string name) => Simple.Contains((kind, name));

    public static void AddSimpleTypes(ModelData data)
    {
        foreach (var (kind, name) in Simple)
            data.Types.Add(new ModelType(data.Types.Count + 1, kind, name, null));
    }

    public static long Put(ModelData data, GivenType given, bool canAdd, bool canOmit)
    {
        var type = given.Type;
        var id = data.Type(type.Kind, type.Name, type.Version) is { } stored
            ? Update(data, stored, type, canAdd, canOmit)
            : Create(data, type);
        if (given.BaseType is { } baseType)
            SetBase(data, type.Kind, id, baseType);
        return id;
    }

    private static long Create(ModelData data, ModelType type)
    {
        if (type.Name.Length == 0)
            throw ModelFailure.Invalid("a type needs a name");
        if (type.Properties.ContainsValue(PropertyType.Unknown))
            throw ModelFailure.Invalid("a property of a type is UNKNOWN");
        CheckExternalId(data, type.ExternalId);
        var created = type with { Id = data.Types.Count + 1 };
        data.Types.Add(created);
        return created.Id;
    }

    private static long Update(ModelData data, ModelType stored, ModelType type, bool canAdd, bool canOmit)
    {
        foreach (var (name, kind) in stored.Properties)
        {
            if (!type.Properties.TryGetValue(name, out var wanted))
                Allow(canOmit, "a property is left out");
            else
                Allow(wanted == kind, "a property has another kind");
        }
        var added = type.Properties.Where(property => !stored.Properties.ContainsKey(property.Key)).ToList();
        Allow(canAdd || added.Count == 0, "a property is new");
        if (added.Any(property => property.Value == PropertyType.Unknown))
            throw ModelFailure.Invalid("a new property of a type is UNKNOWN");
        var updated = stored with { Properties = stored.Properties.AddRange(added) };
        if (!string.IsNullOrEmpty(type.ExternalId) && type.ExternalId != stored.ExternalId)
        {
            CheckExternalId(data, type.ExternalId);
            updated = updated with { ExternalId = type.ExternalId };
        }
        data.Types[data.Types.IndexOf(stored)] = updated;
        return stored.Id;
    }

    /// <summary>External ids of types are unique over all three kinds.</summary>
    private static void CheckExternalId(ModelData data, string? externalId)
    {
        if (externalId is not null && data.Types.Exists(type => type.ExternalId == externalId))
            throw ModelFailure.Exists("the external_id is that of another type");
    }

    private static void SetBase(ModelData data, ModelKind kind, long id, string baseType)
    {
        if (baseType == "UNSET")
            throw ModelFailure.Unimplemented("a base type cannot be removed");
        var simple = data.Types.Single(
            type => type.Kind == kind && type.Version is null && type.Name.Equals($"mlmd.{baseType}", StringComparison.OrdinalIgnoreCase));
        var stored = data.Type(kind, id)!;
        if (stored.BaseId == simple.Id)
            return;
        if (stored.BaseId is not null)
            throw ModelFailure.Unimplemented("a base type cannot be changed");
        for (var ancestor = simple; ancestor is not null; ancestor = ancestor.BaseId is { } next ? data.Type(kind, next) : null)
            if (ancestor.Id == id)
                throw ModelFailure.Invalid("a type cannot be based on itself");
        data.Types[data.Types.IndexOf(stored)] = stored with { BaseId = simple.Id };
    }

    private static void Allow(bool allowed, string reason)
    {
        if (!allowed)
            throw ModelFailure.Exists($"the type exists, and {reason}");
    }
}
