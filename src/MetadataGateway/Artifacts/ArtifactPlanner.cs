using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Json;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>An artifact of a request: its body, and where it stands in it (<c>""</c> or for example <c>outputs[0].</c>).</summary>
internal sealed record GivenArtifact(ArtifactRequest Request, ArtifactKind Kind, string Path);

/// <summary>
/// Decides for each artifact of a request whether it is new or a stored one, with one call for all references and one for all URIs, whatever
/// their number.
/// </summary>
internal sealed class ArtifactPlanner(
    MetadataStoreService.MetadataStoreServiceClient client, KubeflowTypeRegistry kubeflowTypes, TypeCache types, TimeProvider timeProvider)
{
    public async Task<IReadOnlyList<PlannedArtifact>> PlanAsync(
        IReadOnlyList<GivenArtifact> given, string workspace, string? run, IfExists ifExists, CancellationToken cancellationToken)
    {
        if (given.Count == 0)
        {
            return [];
        }

        var faults = new List<Fault>();
        var typesOf = await ResolveTypesAsync(given, faults, cancellationToken);
        await CheckReferencesAsync(given, faults, cancellationToken);
        if (faults.Count > 0)
        {
            throw new ProblemException(ProblemType.UnresolvedReference, string.Join(" ", faults), faults);
        }

        var stored = ifExists == IfExists.New ? [] : await FindStoredAsync(given, workspace, cancellationToken);
        var createTime = CreateTime.Format(timeProvider.GetUtcNow());
        var planned = new Dictionary<ArtifactIdentity, PlannedArtifact>();
        var result = new List<PlannedArtifact>();
        for (var i = 0; i < given.Count; i++)
        {
            var (request, kind, path) = given[i];
            var identity = CanReuse(kind) && ifExists != IfExists.New ? ArtifactIdentity.Of(request, kind, workspace) : null;
            if (identity is not null && planned.TryGetValue(identity, out var same))
            {
                same.LaterConflicts = [.. same.LaterConflicts.Union(ConflictsWithEarlier(same, given[i], typesOf[i]!, faults))];
                result.Add(same);
                continue;
            }

            var artifact = identity is not null && stored.TryGetValue(identity, out var existing)
                ? PlanStored(existing, identity, given[i], typesOf[i]!, ifExists, faults)
                : PlanNew(request, kind, typesOf[i]!, workspace, run, createTime, identity, path, faults);
            if (identity is not null)
            {
                planned[identity] = artifact;
            }

            result.Add(artifact);
        }

        return faults.Count == 0 ? result : throw ProblemException.Invalid(faults);
    }

    private static bool CanReuse(ArtifactKind kind) => kind is ArtifactKind.Dataset or ArtifactKind.Model;

    private static PlannedArtifact PlanNew(
        ArtifactRequest request, ArtifactKind kind, RegisteredType type, string workspace, string? run, string createTime,
        ArtifactIdentity? identity, string path, List<Fault> faults)
    {
        var node = request.ToNode(kind, type, workspace, run, createTime, path, faults);
        if (identity is not null && !node.HasExternalId && !ArtifactIdentity.IsDeleted(node))
        {
            node.ExternalId = identity.ToExternalId();
        }

        return new PlannedArtifact { Node = node, Identity = identity, Path = path };
    }

    private static PlannedArtifact PlanStored(
        Artifact stored, ArtifactIdentity identity, GivenArtifact given, RegisteredType type, IfExists ifExists, List<Fault> faults)
    {
        var (request, _, path) = given;
        switch (ifExists)
        {
            case IfExists.Fail:
                throw new ProblemException(ProblemType.AlreadyExists, $"{path}name: artifact {stored.Id} has the same workspace, type, uri, name and version.");
            case IfExists.Update:
                var changed = stored.Clone();
                ArtifactWriting.Apply(ArtifactRecord.Of(changed), request, request.GivenFields(), null, path, faults);
                ArtifactDeletion.Remember(stored, changed);
                ArtifactIdentity.MoveKey(stored, changed);
                return new PlannedArtifact { Stored = stored, Node = changed.Equals(stored) ? null : changed, Id = stored.Id, Path = path };
            default:
                return new PlannedArtifact { Stored = stored, Conflicts = ConflictsWith(stored, given, type, faults), Id = stored.Id, Path = path, Identity = identity };
        }
    }

    private static List<string> ConflictsWithEarlier(PlannedArtifact same, GivenArtifact given, RegisteredType type, List<Fault> faults)
    {
        var earlier = (same.Node ?? same.Stored)!.Clone();
        earlier.Type = type.Name;
        return ConflictsWith(earlier, given, type, faults) ?? [];
    }

    /// <summary>The fields given of a dataset or model that differ from those of the stored one.</summary>
    public static IReadOnlyList<string>? ConflictsWith(Artifact stored, GivenArtifact given) =>
        ConflictsWith(stored, given, new RegisteredType(stored.TypeId, stored.Type, null, new Dictionary<string, PropertyType>()), []);

    // Whole fields, as the API would show them of either; numbers by value.
    private static List<string>? ConflictsWith(Artifact stored, GivenArtifact given, RegisteredType type, List<Fault> faults)
    {
        var asked = given.Request.ToNode(given.Kind, type, "", null, "", given.Path, faults);
        asked.Type = type.Name;
        var (shown, wanted) = (ToJson(stored), ToJson(asked));
        var conflicts = given.Request.GivenFields().Where(field => !JsonEquality.AreEqual(shown[field], wanted[field])).Order(StringComparer.Ordinal).ToList();
        return conflicts.Count > 0 ? conflicts : null;
    }

    private static JsonObject ToJson(Artifact artifact) =>
        (JsonObject)JsonSerializer.SerializeToNode(artifact.ToResource(null), JsonConfiguration.Options)!;

    private async Task<RegisteredType?[]> ResolveTypesAsync(IReadOnlyList<GivenArtifact> given, List<Fault> faults, CancellationToken cancellationToken)
    {
        var ids = await kubeflowTypes.GetIdsAsync(cancellationToken);
        var result = new RegisteredType?[given.Count];
        for (var i = 0; i < given.Count; i++)
        {
            var (request, kind, path) = given[i];
            if (kind != ArtifactKind.Artifact)
            {
                var name = ArtifactKinds.WrittenType(kind)!.Name;
                result[i] = new RegisteredType(ids[name], name, null, new Dictionary<string, PropertyType>());
                continue;
            }

            var version = string.IsNullOrEmpty(request.TypeVersion) ? null : request.TypeVersion;
            var type = await types.FindArtifactTypeAsync(request.Type!, version, refresh: false, cancellationToken);
            if (type is not null && (request.Properties ?? []).Any(property => !type.Properties.ContainsKey(property.Key)))
            {
                // The type may have gained a property since it was read.
                type = await types.FindArtifactTypeAsync(request.Type!, version, refresh: true, cancellationToken);
            }

            if (type is null)
            {
                faults.Add(new Fault($"{path}type", $"There is no artifact type '{request.Type}'{(version is null ? "" : $" of version '{version}'")}. Register it first."));
            }

            result[i] = type;
        }

        return result;
    }

    /// <summary>Ends the request with 422 when the data set or model that metrics refer to does not exist.</summary>
    public async Task CheckReferencesAsync(GivenArtifact given, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        await CheckReferencesAsync([given], faults, cancellationToken);
        if (faults.Count > 0)
        {
            throw new ProblemException(ProblemType.UnresolvedReference, string.Join(" ", faults), faults);
        }
    }

    private async Task CheckReferencesAsync(IReadOnlyList<GivenArtifact> given, List<Fault> faults, CancellationToken cancellationToken)
    {
        var references = given.SelectMany(artifact => new[]
        {
            (Id: artifact.Request.DataSetId, Kind: ArtifactKind.Dataset, Path: $"{artifact.Path}dataSetId"),
            (Id: artifact.Request.ModelId, Kind: ArtifactKind.Model, Path: $"{artifact.Path}modelId"),
        }).Where(reference => !string.IsNullOrEmpty(reference.Id)).ToList();
        if (references.Count == 0)
        {
            return;
        }

        var request = new GetArtifactsByIDRequest();
        request.ArtifactIds.AddRange(references.Select(reference => long.Parse(reference.Id!, System.Globalization.CultureInfo.InvariantCulture)).Distinct());
        var answer = await client.GetArtifactsByIDAsync(request, cancellationToken: cancellationToken);
        var kinds = answer.Artifacts.ToDictionary(artifact => ResourceId.Format(artifact.Id), artifact => ArtifactKinds.OfType(artifact.Type));
        foreach (var (id, kind, path) in references)
        {
            if (!kinds.TryGetValue(id!, out var found) || found != kind)
            {
                faults.Add(new Fault(path, $"There is no {kind.ToApiName()} with the id {id}."));
            }
        }
    }

    private async Task<Dictionary<ArtifactIdentity, Artifact>> FindStoredAsync(
        IReadOnlyList<GivenArtifact> given, string workspace, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ArtifactIdentity, Artifact>();
        var wanted = given.Where(artifact => CanReuse(artifact.Kind))
            .Select(artifact => ArtifactIdentity.Of(artifact.Request, artifact.Kind, workspace)).ToHashSet();
        if (wanted.Count == 0)
        {
            return found;
        }

        var request = new GetArtifactsByURIRequest();
        request.Uris.AddRange(wanted.Select(identity => identity.Uri).Distinct());
        var answer = await client.GetArtifactsByURIAsync(request, cancellationToken: cancellationToken);
        // The lowest id wins, as in the SDK; PostgreSQL promises no order.
        foreach (var artifact in answer.Artifacts.OrderBy(artifact => artifact.Id))
        {
            if (ArtifactIdentity.Of(artifact) is { } identity && wanted.Contains(identity))
            {
                found.TryAdd(identity, artifact);
            }
        }

        return found;
    }
}
