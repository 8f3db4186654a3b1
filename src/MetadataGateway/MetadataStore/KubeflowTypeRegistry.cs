using Grpc.Core;
using MetadataGateway.KubeflowRecords;
using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Registers the Kubeflow types in MLMD, once per process and before the first use, and knows their ids. A plain MLMD lacks them, which is why
/// the Kubeflow Metadata SDK fails there; with the gateway in place it works again.
/// </summary>
internal sealed class KubeflowTypeRegistry(MetadataStoreService.MetadataStoreServiceClient client) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlyDictionary<string, long>? _ids;

    /// <summary>True once all types are registered: the gateway is not ready before.</summary>
    public bool IsRegistered => _ids is not null;

    /// <summary>Done once they are, by whoever needed them first.</summary>
    public Task WhenRegistered => _registered.Task;

    /// <summary>Type ids by type name. Registers the types if that has not been done yet; an error of MLMD reaches the caller.</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> GetIdsAsync(CancellationToken cancellationToken) =>
        _ids ?? await RegisterAsync(cancellationToken);

    private async Task<IReadOnlyDictionary<string, long>> RegisterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_ids is { } known)
            {
                return known;
            }

            var ids = new Dictionary<string, long>();
            // One after the other: MLMD on PostgreSQL makes several types of one name when they are put at once.
            foreach (var kind in TypeKind.All)
            {
                foreach (var type in kind.Predefined)
                {
                    ids[type.Name] = await RegisterAsync(kind, type, cancellationToken);
                }
            }

            _ids = ids;
            _registered.TrySetResult();
            return ids;
        }
        finally
        {
            _gate.Release();
        }
    }

    // Omissions pass, so that a type that somebody extended still works; a stored type that lacks a property gets it by the second try.
    private async Task<long> RegisterAsync(TypeKind kind, KubeflowType type, CancellationToken cancellationToken)
    {
        var declared = new TypeDeclaration(type.Name, null, type.Properties.ToDictionary(name => name, _ => PropertyType.String));
        try
        {
            await kind.PutAsync(client, declared, canAddFields: false, canOmitFields: true, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            await kind.PutAsync(client, declared, canAddFields: true, canOmitFields: true, cancellationToken);
        }

        // Where there are several of one name, all readers take the one that the lookup gives.
        return (await kind.GetAsync(client, type.Name, null, cancellationToken)).Id;
    }

    public void Dispose() => _gate.Dispose();
}
