using System.Collections.Concurrent;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>A registered type as records need it. Absent version and the type without version are the same.</summary>
internal sealed record RegisteredType(long Id, string Name, string? Version, IReadOnlyDictionary<string, PropertyType> Properties);

/// <summary>
/// Types by name and by id. MLMD never removes a type or one of its properties and never changes an id, so what was read once stays true;
/// only properties can be added, hence <c>refresh</c>.
/// </summary>
internal sealed class TypeCache(MetadataStoreService.MetadataStoreServiceClient client)
{
    private readonly ConcurrentDictionary<(string Name, string? Version), RegisteredType> _artifactTypes = new();
    private readonly ConcurrentDictionary<(string Name, string? Version), RegisteredType> _executionTypes = new();
    private readonly ConcurrentDictionary<long, RegisteredType> _byId = new();

    /// <summary>The artifact type of that name and version, null when it is not registered.</summary>
    public Task<RegisteredType?> FindArtifactTypeAsync(string name, string? version, bool refresh, CancellationToken cancellationToken) =>
        FindAsync(_artifactTypes, name, version, refresh, async () =>
        {
            var request = new GetArtifactTypeRequest { TypeName = name };
            if (version is not null)
            {
                request.TypeVersion = version;
            }

            return ToRegistered((await client.GetArtifactTypeAsync(request, cancellationToken: cancellationToken)).ArtifactType);
        });

    /// <summary>The execution type of that name and version, null when it is not registered.</summary>
    public Task<RegisteredType?> FindExecutionTypeAsync(string name, string? version, bool refresh, CancellationToken cancellationToken) =>
        FindAsync(_executionTypes, name, version, refresh, async () =>
        {
            var request = new GetExecutionTypeRequest { TypeName = name };
            if (version is not null)
            {
                request.TypeVersion = version;
            }

            return ToRegistered((await client.GetExecutionTypeAsync(request, cancellationToken: cancellationToken)).ExecutionType);
        });

    /// <summary>Makes sure that the artifact types of all these ids can be looked up with <see cref="Find"/>: one call for the unknown ones.</summary>
    public async Task LoadArtifactTypesAsync(IEnumerable<long> typeIds, CancellationToken cancellationToken)
    {
        var unknown = typeIds.Where(id => !_byId.ContainsKey(id)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            var answer = await client.GetArtifactTypesByIDAsync(new() { TypeIds = { unknown } }, cancellationToken: cancellationToken);
            Remember(answer.ArtifactTypes.Select(ToRegistered));
        }
    }

    /// <summary>The same for execution types.</summary>
    public async Task LoadExecutionTypesAsync(IEnumerable<long> typeIds, CancellationToken cancellationToken)
    {
        var unknown = typeIds.Where(id => !_byId.ContainsKey(id)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            var answer = await client.GetExecutionTypesByIDAsync(new() { TypeIds = { unknown } }, cancellationToken: cancellationToken);
            Remember(answer.ExecutionTypes.Select(ToRegistered));
        }
    }

    /// <summary>A type that was loaded before; null for an id that MLMD does not know.</summary>
    public RegisteredType? Find(long typeId) => _byId.GetValueOrDefault(typeId);

    private void Remember(IEnumerable<RegisteredType> types)
    {
        foreach (var type in types)
        {
            _byId[type.Id] = type;
        }
    }

    private async Task<RegisteredType?> FindAsync(
        ConcurrentDictionary<(string, string?), RegisteredType> known, string name, string? version, bool refresh, Func<Task<RegisteredType>> read)
    {
        if (!refresh && known.TryGetValue((name, version), out var type))
        {
            return type;
        }

        try
        {
            type = await read();
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }

        // MLMD on MySQL compares names without case; a type of another spelling is another type to our callers.
        if (type.Name != name)
        {
            return null;
        }

        Remember([type]);
        return known[(name, version)] = type;
    }

    private static RegisteredType ToRegistered(ArtifactType type) =>
        new(type.Id, type.Name, type.HasVersion && type.Version.Length > 0 ? type.Version : null, new Dictionary<string, PropertyType>(type.Properties));

    private static RegisteredType ToRegistered(ExecutionType type) =>
        new(type.Id, type.Name, type.HasVersion && type.Version.Length > 0 ? type.Version : null, new Dictionary<string, PropertyType>(type.Properties));
}
