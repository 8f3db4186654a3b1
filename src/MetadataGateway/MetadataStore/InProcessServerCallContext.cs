using Grpc.Core;

namespace MetadataGateway.MetadataStore;

/// <summary>What the store sees of a call in its own process.</summary>
internal sealed class InProcessServerCallContext(
    string method, CallOptions options, TaskCompletionSource<Metadata> headers, CancellationToken cancellationToken) : ServerCallContext
{
    private static readonly AuthContext Unauthenticated = new(null, []);

    private readonly Metadata _requestHeaders = ReceivedMetadata.OfRequest(options.Headers);
    private Dictionary<object, object>? _userState;
    private Metadata? _responseTrailers;

    /// <summary>Whether the store has written its headers, so that the end of the call cannot travel in them any more.</summary>
    public bool HeadersWritten { get; private set; }

    protected override string MethodCore => method;

    protected override string HostCore => "localhost";

    // No socket has two ends here; gRPC's names for peers allow any scheme.
    protected override string PeerCore => "in-process:metadata-gateway";

    protected override DateTime DeadlineCore => options.Deadline ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders;

    protected override CancellationToken CancellationTokenCore => cancellationToken;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => Unauthenticated;

    protected override IDictionary<object, object> UserStateCore => _userState ??= [];

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Calls in the same process do not propagate their context.");

    protected override Task WriteResponseHeadersAsyncCore(Metadata? responseHeaders)
    {
        if (HeadersWritten)
            throw new InvalidOperationException("Response headers can only be sent once per call.");

        HeadersWritten = true;
        headers.TrySetResult(ReceivedMetadata.Of(responseHeaders));
        return Task.CompletedTask;
    }
}
