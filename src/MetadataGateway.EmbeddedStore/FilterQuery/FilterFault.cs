using Grpc.Core;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>A filter query that cannot be run: where it goes wrong, counted in characters from 0, and why.</summary>
internal static class FilterFault
{
    public static RpcException At(int position, string reason) => Of($"at position {position}: {reason}");

    public static RpcException Of(string reason) => StoreStatus.InvalidArgument($"The filter_query is invalid: {reason}.");
}
