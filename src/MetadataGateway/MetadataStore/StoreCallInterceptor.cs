using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// What every MLMD call gets, whatever lies behind: a deadline (the request's, when that is nearer), and another try where one is safe. ABORTED means that nothing was stored
/// (MLMD runs each call in one transaction), so any call may be repeated; UNAVAILABLE says nothing about a write, so only reads are.
/// </summary>
internal sealed class StoreCallInterceptor(IOptions<MetadataStoreOptions> options, StoreOutages outages, TimeProvider timeProvider) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var deadline = timeProvider.GetUtcNow().UtcDateTime + options.Value.Deadline;
        if (RequestDeadline.Current is { } requestDeadline && requestDeadline < deadline)
        {
            deadline = requestDeadline;
        }

        var callOptions = context.Options;
        if (callOptions.Deadline is null || callOptions.Deadline > deadline)
        {
            callOptions = callOptions.WithDeadline(deadline);
        }

        var bounded = new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, callOptions);
        var attempts = new RetriedCall<TResponse>(() => continuation(request, bounded));
        return new AsyncUnaryCall<TResponse>(
            RunAsync(attempts, context.Method.Name, callOptions), attempts.HeadersAsync(), attempts.GetStatus, attempts.GetTrailers, attempts.Dispose);
    }

    private async Task<TResponse> RunAsync<TResponse>(RetriedCall<TResponse> call, string method, CallOptions callOptions)
    {
        var pauses = new RetryPauses(timeProvider, callOptions.Deadline);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call.StartAsync();
            }
            catch (RpcException exception) when (IsOutage(exception))
            {
                throw;
            }
            catch (RpcException exception) when (MayRepeat(exception.StatusCode, method, attempt) && !SingleTry.IsAskedFor(callOptions))
            {
                if (!await pauses.WaitAsync(callOptions.CancellationToken))
                {
                    throw;
                }
            }
        }
    }

    // Only looks: the next filter decides.
    private bool IsOutage(RpcException exception)
    {
        if (exception.StatusCode == StatusCode.Unavailable)
        {
            outages.Add();
        }

        return false;
    }

    // A read that makes MLMD 1.14 crash must not be sent over and over: one repeat only.
    private static bool MayRepeat(StatusCode status, string method, int attempt) =>
        status == StatusCode.Aborted || (status == StatusCode.Unavailable && attempt == 1 && method.StartsWith("Get", StringComparison.Ordinal));

    private sealed class RetriedCall<TResponse>(Func<AsyncUnaryCall<TResponse>> start) : IDisposable
    {
        private AsyncUnaryCall<TResponse>? _current;

        public Task<TResponse> StartAsync() => (_current = start()).ResponseAsync;

        public Task<Metadata> HeadersAsync() => _current?.ResponseHeadersAsync ?? Task.FromResult(Metadata.Empty);

        public Status GetStatus() => _current!.GetStatus();

        public Metadata GetTrailers() => _current!.GetTrailers();

        public void Dispose() => _current?.Dispose();
    }
}
