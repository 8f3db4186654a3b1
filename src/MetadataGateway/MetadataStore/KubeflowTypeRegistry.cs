using Google.Protobuf.Collections;
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
    private volatile IReadOnlyDictionary<string, long>? _ids;

    /// <summary>True once all types are registered: the gateway is not ready before.</summary>
    public bool IsRegistered => _ids is not null;

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
            foreach (var type in KubeflowTypes.ArtifactTypes)
            {
                ids[type.Name] = await RegisterAsync(type, PutArtifactTypeAsync, cancellationToken);
            }

            foreach (var type in KubeflowTypes.ExecutionTypes)
            {
                ids[type.Name] = await RegisterAsync(type, PutExecutionTypeAsync, cancellationToken);
            }

            foreach (var type in KubeflowTypes.ContextTypes)
            {
                ids[type.Name] = await RegisterAsync(type, PutContextTypeAsync, cancellationToken);
            }

            return _ids = ids;
        }
        finally
        {
            _gate.Release();
        }
    }

    // Omissions pass, so that a type that somebody extended still works; a stored type that lacks a property gets it by the second try.
    private static async Task<long> RegisterAsync(
        KubeflowType type, Func<KubeflowType, bool, CancellationToken, Task<long>> put, CancellationToken cancellationToken)
    {
        try
        {
            return await put(type, false, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            return await put(type, true, cancellationToken);
        }
    }

    private async Task<long> PutArtifactTypeAsync(KubeflowType type, bool canAddFields, CancellationToken cancellationToken)
    {
        var request = new PutArtifactTypeRequest { ArtifactType = new() { Name = type.Name }, CanAddFields = canAddFields, CanOmitFields = true };
        Declare(request.ArtifactType.Properties, type);
        await client.PutArtifactTypeAsync(request, cancellationToken: cancellationToken);
        // Where there are several of one name, all readers take the one that the lookup gives.
        var stored = await client.GetArtifactTypeAsync(new() { TypeName = type.Name }, cancellationToken: cancellationToken);
        return stored.ArtifactType.Id;
    }

    private async Task<long> PutExecutionTypeAsync(KubeflowType type, bool canAddFields, CancellationToken cancellationToken)
    {
        var request = new PutExecutionTypeRequest { ExecutionType = new() { Name = type.Name }, CanAddFields = canAddFields, CanOmitFields = true };
        Declare(request.ExecutionType.Properties, type);
        await client.PutExecutionTypeAsync(request, cancellationToken: cancellationToken);
        var stored = await client.GetExecutionTypeAsync(new() { TypeName = type.Name }, cancellationToken: cancellationToken);
        return stored.ExecutionType.Id;
    }

    private async Task<long> PutContextTypeAsync(KubeflowType type, bool canAddFields, CancellationToken cancellationToken)
    {
        var request = new PutContextTypeRequest { ContextType = new() { Name = type.Name }, CanAddFields = canAddFields, CanOmitFields = true };
        Declare(request.ContextType.Properties, type);
        await client.PutContextTypeAsync(request, cancellationToken: cancellationToken);
        var stored = await client.GetContextTypeAsync(new() { TypeName = type.Name }, cancellationToken: cancellationToken);
        return stored.ContextType.Id;
    }

    public void Dispose() => _gate.Dispose();

    private static void Declare(MapField<string, PropertyType> properties, KubeflowType type)
    {
        foreach (var name in type.Properties)
        {
            properties[name] = PropertyType.String;
        }
    }
}
