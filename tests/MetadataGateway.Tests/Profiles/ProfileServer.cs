using Grpc.Core;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.MetadataStore;
using Microsoft.Extensions.Logging.Abstractions;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>A store of a profile by itself, without gateway and retries, as any client of that MLMD sees it.</summary>
internal sealed class ProfileServer : IAsyncDisposable
{
    private readonly EmbeddedMetadataStore _store;

    public ProfileServer(MlmdProfile profile, TimeProvider? clock = null)
    {
        _store = EmbeddedMetadataStore.Open(new EmbeddedStoreOptions { DatabasePath = ":memory:" }, clock ?? TimeProvider.System);
        (Client, Inner) = (ClientOf(profile.Wrap(_store)), ClientOf(_store));
    }

    public MetadataStoreService.MetadataStoreServiceClient Client { get; }

    /// <summary>The same store without the profile.</summary>
    public MetadataStoreService.MetadataStoreServiceClient Inner { get; }

    public static async Task<StatusCode> StatusOf<TResponse>(AsyncUnaryCall<TResponse> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }

    public async Task<long> TypeAsync(params (string Name, PropertyType Type)[] properties)
    {
        var type = new ArtifactType { Name = "T" };
        foreach (var (name, kind) in properties)
        {
            type.Properties[name] = kind;
        }

        return (await Client.PutArtifactTypeAsync(new() { ArtifactType = type })).TypeId;
    }

    public async Task<long> ContextTypeAsync() => (await Client.PutContextTypeAsync(new() { ContextType = new() { Name = "C" } })).TypeId;

    public async Task<long> ExecutionTypeAsync() => (await Client.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "E" } })).TypeId;

    public async Task<long> ArtifactAsync(Artifact artifact)
    {
        artifact.TypeId = await TypeAsync();
        return (await Client.PutArtifactsAsync(new() { Artifacts = { artifact } })).ArtifactIds.Single();
    }

    /// <summary>The ids of the artifacts that the filter selects, or the status that it ends with.</summary>
    public async Task<string> SelectAsync(string filter)
    {
        try
        {
            var page = await Client.GetArtifactsAsync(new() { Options = new() { FilterQuery = filter } });
            return string.Join(',', page.Artifacts.Select(artifact => artifact.Id));
        }
        catch (RpcException failure)
        {
            return failure.StatusCode.ToString();
        }
    }

    private static MetadataStoreService.MetadataStoreServiceClient ClientOf(MetadataStoreService.MetadataStoreServiceBase store) =>
        new(new InProcessCallInvoker(store, null, TimeProvider.System, NullLogger<InProcessCallInvoker>.Instance));

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
