using Google.Protobuf;
using Grpc.Core;

namespace MetadataGateway.MetadataStore;

/// <summary>The server's side of a call: what the store answers or throws, in the words Grpc.AspNetCore puts it.</summary>
internal sealed partial class InProcessUnaryCall<TRequest, TResponse>
{
    private const string NoMessageInBody = "Failed to deserialize response message.";

    private const string NoMessageInHeaders = NoMessageInBody +
        " The response header contains a gRPC status of OK, which means any message returned to the client for this call should be ignored." +
        " A unary or client streaming gRPC call must have a response message, which makes this response invalid.";

    private async Task ServeAsync()
    {
        try
        {
            var response = await _handler!(_request!, _context);
            if (response is null)
                EndWithoutMessage(new Status(StatusCode.Cancelled, "No message returned from method."));
            else if (IsTooLarge(response))
                EndEarly(new Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."));
            else
                EndWithMessage(response);
        }
        catch (RpcException exception)
        {
            foreach (var trailer in exception.Trailers)
                _context.ResponseTrailers.Add(trailer);
            EndWithoutMessage(exception.Status);
        }
        catch (Exception exception)
        {
            // A store that stops because its client is gone has not failed.
            if (exception is not OperationCanceledException || !_context.CancellationToken.IsCancellationRequested)
                InProcessCallLog.StoreFailed(_logger, exception, _method);
            EndWithoutMessage(new Status(StatusCode.Unknown, "Exception was thrown by handler."));
        }
    }

    private void EndWithMessage(TResponse response)
    {
        // The store may keep its message, give it to several clients, or change it later.
        var received = ((IDeepCloneable<TResponse>)response).Clone();
        var status = Received(_context.Status);
        var trailers = ReceivedMetadata.Of(_context.ResponseTrailers);
        if (!TryEnd(new CallEnd(status, trailers)))
            return;

        _headers.TrySetResult([]);
        if (status.StatusCode == StatusCode.OK)
            _response.SetResult(received);
        else
            _response.SetException(new RpcException(status, trailers));
    }

    private void EndWithoutMessage(Status sent)
    {
        var status = sent.StatusCode == StatusCode.OK ? NoMessage : Received(sent);
        var trailers = ReceivedMetadata.Of(_context.ResponseTrailers);
        if (!TryEnd(new CallEnd(status, trailers)))
            return;

        // Such an answer has no body, so that its trailers are its headers, unless those have gone before.
        _headers.TrySetResult(ReceivedMetadata.Of(trailers));
        _response.SetException(new RpcException(status, trailers));
    }

    /// <summary>What a client makes of OK without a message.</summary>
    private Status NoMessage => new(StatusCode.Internal, _context.HeadersWritten ? NoMessageInBody : NoMessageInHeaders);

    /// <summary>A status as it arrives: without the exception behind it.</summary>
    private static Status Received(Status sent) => new(sent.StatusCode, sent.Detail ?? string.Empty);
}
