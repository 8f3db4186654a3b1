using System.Collections.Frozen;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>The methods of a service object by their gRPC path, bound once so that a call needs one lookup and no reflection.</summary>
internal sealed class UnaryMethodTable : ServiceBinderBase
{
    private readonly Dictionary<string, Delegate> _handlers = new(StringComparer.Ordinal);

    private UnaryMethodTable()
    {
    }

    public static FrozenDictionary<string, Delegate> Of(MetadataStoreService.MetadataStoreServiceBase service)
    {
        var table = new UnaryMethodTable();
        MetadataStoreService.BindService(table, service);
        return table._handlers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Add(method.FullName, handler);
    }
}
