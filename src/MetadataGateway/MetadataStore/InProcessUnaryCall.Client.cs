using Grpc.Core;

namespace MetadataGateway.MetadataStore;

/// <summary>The ends that the client's side brings about, without waiting for the store.</summary>
internal sealed partial class InProcessUnaryCall<TRequest, TResponse>
{
    private static readonly Status DeadlineExceeded = new(StatusCode.DeadlineExceeded, string.Empty);

    private static Status CanceledByClient(CancellationToken token) =>
        new(StatusCode.Cancelled, "Call canceled by the client.", new OperationCanceledException(token));

    private void EndEarly(Status status)
    {
        if (TryEnd(new CallEnd(status, Trailers: null)))
            ThreadPool.UnsafeQueueUserWorkItem(static end => end.Call.FailEarly(end.Status), (Call: this, Status: status), preferLocal: false);
    }

    private void FailEarly(Status status)
    {
        _ = TellStoreAsync();
        var failure = new RpcException(status, Metadata.Empty);
        _headers.TrySetException(failure);
        _response.SetException(failure);
        // Who gave a call up does not always look at how it ended, and few clients look at the headers: both are as good as observed.
        _ = _headers.Task.Exception;
        _ = _response.Task.Exception;
    }

    private async Task TellStoreAsync()
    {
        try
        {
            await _storeCancellation.CancelAsync();
        }
        catch (AggregateException exception)
        {
            InProcessCallLog.CancellationFailed(_logger, exception, _method);
        }
    }

    private bool TryEnd(CallEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
            return false;

        Release();
        return true;
    }
}
