using System.Collections.Frozen;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Calls a metadata store in this process, without HTTP/2 between. A generated client cannot tell it from a channel: deadlines,
/// cancellation, status codes, metadata, message limits and the independence of both sides' messages are those of Grpc.Net.Client in
/// front of Grpc.AspNetCore. One suite holds it to that, over both.
/// </summary>
/// <param name="service">The store.</param>
/// <param name="maxMessageSize">The largest message sent or received, in bytes; null for no limit.</param>
/// <param name="timeProvider">The clock of deadlines.</param>
/// <param name="logger">Where failures of the store are told, whose text the client never sees.</param>
internal sealed class InProcessCallInvoker(
    MetadataStoreService.MetadataStoreServiceBase service,
    int? maxMessageSize,
    TimeProvider timeProvider,
    ILogger<InProcessCallInvoker> logger) : CallInvoker
{
    private readonly FrozenDictionary<string, Delegate> _methods = UnaryMethodTable.Of(service);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, options, request);

        return new AsyncUnaryCall<TResponse>(
            call.Response,
            static state => ((InProcessUnaryCall<TRequest, TResponse>)state).ResponseHeaders,
            static state => ((InProcessUnaryCall<TRequest, TResponse>)state).GetStatus(),
            static state => ((InProcessUnaryCall<TRequest, TResponse>)state).GetTrailers(),
            static state => ((InProcessUnaryCall<TRequest, TResponse>)state).Dispose(),
            call);
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = Start(method, options, request);
        return call.Response.GetAwaiter().GetResult();
    }

    // MLMD's service has no streaming method, so a streaming call is always one to a method that does not exist.
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new RpcException(Unimplemented(method));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new RpcException(Unimplemented(method));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new RpcException(Unimplemented(method));

    private InProcessUnaryCall<TRequest, TResponse> Start<TRequest, TResponse>(
        Method<TRequest, TResponse> method, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(request);

        var call = new InProcessUnaryCall<TRequest, TResponse>(method.FullName, options, maxMessageSize, timeProvider, logger);
        if (_methods.GetValueOrDefault(method.FullName) is UnaryServerMethod<TRequest, TResponse> handler)
            call.Start(handler, request);
        else
            call.Refuse(Unimplemented(method));

        return call;
    }

    private static Status Unimplemented(IMethod method) => new(
        StatusCode.Unimplemented,
        method.ServiceName == MetadataStoreService.Descriptor.FullName ? "Method is unimplemented." : "Service is unimplemented.");
}
