using Grpc.Core;

namespace MetadataGateway.Errors;

/// <summary>
/// What an error of the metadata store means to an HTTP client: the one table. The texts of INVALID_ARGUMENT, NOT_FOUND and ALREADY_EXISTS may
/// be shown; those of INTERNAL and UNKNOWN may hold SQL and go to the log only.
/// </summary>
internal static class GrpcStatusMapping
{
    /// <summary>
    /// A connection that breaks before the store has said anything can come as INTERNAL: at the TLS handshake, or, with TLS 1.3, where a client's
    /// certificate is judged late, at that of HTTP/2. A server that does not speak gRPC at all is another matter.
    /// </summary>
    public static StatusCode StatusOf(RpcException exception) =>
        exception.Status.DebugException is HttpRequestException
        {
            HttpRequestError: not (HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse),
        }
            ? StatusCode.Unavailable
            : exception.StatusCode;

    public static ProblemType ToProblemType(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.OutOfRange => ProblemType.Validation,
        StatusCode.NotFound => ProblemType.NotFound,
        StatusCode.AlreadyExists => ProblemType.AlreadyExists,
        StatusCode.FailedPrecondition => ProblemType.StateConflict,
        StatusCode.Aborted => ProblemType.Aborted,
        StatusCode.ResourceExhausted => ProblemType.TooLarge,
        StatusCode.Unimplemented => ProblemType.NotSupported,
        StatusCode.Unavailable => ProblemType.StoreUnavailable,
        StatusCode.DeadlineExceeded => ProblemType.Timeout,
        _ => ProblemType.StoreFailed,
    };

    public static string PublicDetail(RpcException exception) => StatusOf(exception) switch
    {
        StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.NotFound or StatusCode.AlreadyExists
            => FirstLine(exception.Status.Detail),
        StatusCode.FailedPrecondition => "The metadata store refuses it in the present state of the record.",
        StatusCode.Aborted => "Nothing was stored. Send the request again.",
        StatusCode.ResourceExhausted => "The message is larger than the metadata store takes, or its disk is full.",
        StatusCode.Unavailable => "The metadata store cannot be reached at the moment. Try again later.",
        StatusCode.DeadlineExceeded => "The metadata store did not answer before the deadline. A write may or may not have been stored.",
        StatusCode.Unimplemented => "The metadata store behind the gateway does not offer a call that this needs.",
        _ => "The metadata store answered with an internal error. The trace id leads to it in the log.",
    };

    // MLMD appends the debug text of whole messages to its reasons; the first line says what is wrong.
    private static string FirstLine(string text)
    {
        var line = text.Split('\n', 2)[0].Trim();
        return line.Length <= 500 ? line : string.Concat(line.AsSpan(0, 500), "…");
    }
}
