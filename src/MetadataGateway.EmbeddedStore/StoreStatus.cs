using Grpc.Core;

namespace MetadataGateway.EmbeddedStore;

/// <summary>Failed calls. The texts are for people and name field, id and value; clients decide on the code alone.</summary>
internal static class StoreStatus
{
    public static RpcException InvalidArgument(string text) => Failure(StatusCode.InvalidArgument, text);

    public static RpcException NotFound(string text) => Failure(StatusCode.NotFound, text);

    public static RpcException AlreadyExists(string text) => Failure(StatusCode.AlreadyExists, text);

    public static RpcException FailedPrecondition(string text) => Failure(StatusCode.FailedPrecondition, text);

    public static RpcException OutOfRange(string text) => Failure(StatusCode.OutOfRange, text);

    public static RpcException Unimplemented(string text) => Failure(StatusCode.Unimplemented, text);

    public static RpcException Unavailable(string text) => Failure(StatusCode.Unavailable, text);

    public static RpcException Internal(string text) => Failure(StatusCode.Internal, text);

    private static RpcException Failure(StatusCode code, string text) => new(new Status(code, text));
}
