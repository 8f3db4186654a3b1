using System.Collections.Concurrent;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Types by name and by id. MLMD never removes a type or one of its properties and never changes an id, so what was read once stays true;
/// only properties can be added, hence <c>refresh</c>.
/// </summary>
internal sealed class TypeCache(MetadataStoreService.MetadataStoreServiceClient client)
{
    private readonly ConcurrentDictionary<(TypeKind Kind, string Name, string? Version), RegisteredType> _byName = new();
    // The three kinds share one series of ids.
    private readonly ConcurrentDictionary<long, RegisteredType> _byId = new();

    /// <summary>The artifact type of that name and version, null when it is not registered.</summary>
    public Task<RegisteredType?> FindArtifactTypeAsync(string name, string? version, bool refresh, CancellationToken cancellationToken) =>
        FindAsync(TypeKind.Artifact, name, version, refresh, cancellationToken);

    /// <summary>The execution type of that name and version, null when it is not registered.</summary>
    public Task<RegisteredType?> FindExecutionTypeAsync(string name, string? version, bool refresh, CancellationToken cancellationToken) =>
        FindAsync(TypeKind.Execution, name, version, refresh, cancellationToken);

    /// <summary>The type of exactly that name and version, null when it is not registered.</summary>
    public async Task<RegisteredType?> FindAsync(TypeKind kind, string name, string? version, bool refresh, CancellationToken cancellationToken)
    {
        if (!refresh && _byName.TryGetValue((kind, name, Normal(version)), out var type))
        {
            return type;
        }

        type = await ReadAsync(kind, name, version, cancellationToken);
        // A type of another spelling is another type to our callers.
        return type is not null && IsSpelt(type, name, version) ? type : null;
    }

    /// <summary>
    /// What MLMD itself takes for the type of that name and version, now. MLMD over MySQL compares names without case, so its spelling may be
    /// another: <see cref="IsSpelt"/>.
    /// </summary>
    public async Task<RegisteredType?> ReadAsync(TypeKind kind, string name, string? version, CancellationToken cancellationToken)
    {
        try
        {
            var type = await kind.GetAsync(client, name, version, cancellationToken);
            Remember(type);
            return _byName[(kind, type.Name, type.Version)] = type;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    public static bool IsSpelt(RegisteredType type, string name, string? version) => type.Name == name && type.Version == Normal(version);

    /// <summary>Makes sure that the artifact types of all these ids can be looked up with <see cref="Find"/>: one call for the unknown ones.</summary>
    public Task LoadArtifactTypesAsync(IEnumerable<long> typeIds, CancellationToken cancellationToken) =>
        LoadAsync(TypeKind.Artifact, typeIds, cancellationToken);

    /// <summary>The same for execution types.</summary>
    public Task LoadExecutionTypesAsync(IEnumerable<long> typeIds, CancellationToken cancellationToken) =>
        LoadAsync(TypeKind.Execution, typeIds, cancellationToken);

    /// <summary>A type that was loaded before; null for an id that MLMD does not know.</summary>
    public RegisteredType? Find(long typeId) => _byId.GetValueOrDefault(typeId);

    private async Task LoadAsync(TypeKind kind, IEnumerable<long> typeIds, CancellationToken cancellationToken)
    {
        var unknown = typeIds.Where(id => !_byId.ContainsKey(id)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            foreach (var type in await kind.GetByIdsAsync(client, unknown, cancellationToken))
            {
                Remember(type);
            }
        }
    }

    private void Remember(RegisteredType type) => _byId[type.Id] = type;

    private static string? Normal(string? version) => string.IsNullOrEmpty(version) ? null : version;
}
