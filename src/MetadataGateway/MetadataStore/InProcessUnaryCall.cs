using Google.Protobuf;
using Grpc.Core;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// One call, from the client's side. It ends once: by the store's answer, by its deadline, by the client's cancellation or by disposal,
/// whichever comes first. Whatever the store still does after that is not seen any more.
/// </summary>
internal sealed partial class InProcessUnaryCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly string _method;
    private readonly CancellationToken _clientToken;
    private readonly CallDeadline _deadline;
    private readonly int? _maxMessageSize;
    private readonly ILogger _logger;
    private readonly InProcessServerCallContext _context;

    // Not disposed: the store may ask for its token after the client has gone, and without a timer it holds nothing to give back.
    private readonly CancellationTokenSource _storeCancellation = new();
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The client goes on with the thread that brings the answer, as with a channel: one hop less for each call. Ends that the client
    // itself brings about go by the thread pool (EndEarly), lest its code runs inside its own Cancel() or Dispose().
    private readonly TaskCompletionSource<TResponse> _response = new();

    private UnaryServerMethod<TRequest, TResponse>? _handler;
    private TRequest? _request;
    private CancellationTokenRegistration _cancellation;
    private CallEnd? _end;

    public InProcessUnaryCall(string method, CallOptions options, int? maxMessageSize, TimeProvider timeProvider, ILogger logger)
    {
        _method = method;
        _clientToken = options.CancellationToken;
        _deadline = CallDeadline.Of(options.Deadline, timeProvider);
        _maxMessageSize = maxMessageSize;
        _logger = logger;
        _context = new InProcessServerCallContext(method, options, _headers, _storeCancellation.Token);
    }

    private sealed record CallEnd(Status Status, Metadata? Trailers);

    public Task<TResponse> Response => _response.Task;

    public Task<Metadata> ResponseHeaders => _headers.Task;

    public Status GetStatus() => Volatile.Read(ref _end)?.Status
        ?? throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    public Metadata GetTrailers() => Volatile.Read(ref _end)?.Trailers
        ?? throw new InvalidOperationException("Can't get the call trailers because the call has not completed successfully.");

    public void Start(UnaryServerMethod<TRequest, TResponse> handler, TRequest request)
    {
        if (!TryBegin())
            return;

        if (IsTooLarge(request))
        {
            EndEarly(new Status(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
            return;
        }

        _handler = handler;
        // The client may change its message as soon as the call has begun.
        _request = ((IDeepCloneable<TRequest>)request).Clone();

        // Never on the client's thread: a store that blocks must not keep the client from its deadline.
        ThreadPool.QueueUserWorkItem(static call => _ = call.ServeAsync(), this, preferLocal: true);
    }

    /// <summary>Ends a call that no method of the store can answer.</summary>
    public void Refuse(Status status)
    {
        if (TryBegin())
            EndWithoutMessage(status);
    }

    public void Dispose()
    {
        EndEarly(new Status(StatusCode.Cancelled, "gRPC call disposed."));
        // Who disposes of a call does not look at its failure any more.
        _ = _response.Task.Exception;
    }

    /// <summary>Starts to listen for the deadline and the client's cancellation; false if either is there already.</summary>
    private bool TryBegin()
    {
        if (_deadline.HasPassed)
        {
            EndEarly(DeadlineExceeded);
            return false;
        }

        _cancellation = _clientToken.UnsafeRegister(
            static (state, token) => ((InProcessUnaryCall<TRequest, TResponse>)state!).EndEarly(CanceledByClient(token)), this);
        _deadline.Start(static state => ((InProcessUnaryCall<TRequest, TResponse>)state).EndEarly(DeadlineExceeded), this);
        if (Volatile.Read(ref _end) is null)
            return true;

        // Ended before the fields above were set, so that the end could not release them.
        Release();
        return false;
    }

    private bool IsTooLarge(object message) => _maxMessageSize is { } limit && ((IMessage)message).CalculateSize() > limit;

    private void Release()
    {
        _cancellation.Unregister();
        _deadline.Dispose();
    }
}
