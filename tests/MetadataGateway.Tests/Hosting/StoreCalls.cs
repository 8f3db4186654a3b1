using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace MetadataGateway.Tests.Hosting;

/// <summary>The calls that reach the metadata store, in order: what a request costs behind the gateway.</summary>
internal sealed class StoreCalls : Interceptor
{
    private readonly ConcurrentQueue<string> _methods = new();

    /// <summary>Method names, since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<string> Methods => [.. _methods];

    /// <summary>A method whose calls do not reach the store: they fail as if it were away. Null for none.</summary>
    public string? Unavailable { get; set; }

    /// <summary>A method that the store answers with that status, whatever is asked. Null for none.</summary>
    public (string Method, StatusCode Status)? Failing { get; set; }

    /// <summary>What all calls end with, whatever is asked. Null for none.</summary>
    public Exception? Failure { get; set; }

    public void Clear() => _methods.Clear();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        _methods.Enqueue(context.Method.Name);
        if (Failure is not null)
        {
            throw Failure;
        }

        if (Failing is { } failing && failing.Method == context.Method.Name)
        {
            throw new RpcException(new Status(failing.Status, "As the test says."));
        }

        return context.Method.Name == Unavailable
            ? throw new RpcException(new Status(StatusCode.Unavailable, "The store is away."))
            : continuation(request, context);
    }
}
