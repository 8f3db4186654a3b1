namespace MetadataGateway.Errors;

/// <summary>
/// The kinds of problem that the API answers with. Each has one URI, one fixed title, one HTTP status and one canonical gRPC code name,
/// so that the status line and the body can never disagree. Clients branch on <c>type</c>, never on text.
/// </summary>
internal sealed record ProblemType(string Name, int Status, string Code, string Title)
{
    /// <summary>The request is malformed or fails validation.</summary>
    public static readonly ProblemType Validation = new("validation", 400, "INVALID_ARGUMENT", "The request is not valid.");

    /// <summary>No such resource or route.</summary>
    public static readonly ProblemType NotFound = new("not-found", 404, "NOT_FOUND", "There is no such resource.");

    /// <summary>The route exists, the method is not offered on it.</summary>
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "UNIMPLEMENTED", "The method is not offered here.");

    /// <summary>A name, external id or link is taken.</summary>
    public static readonly ProblemType AlreadyExists = new("already-exists", 409, "ALREADY_EXISTS", "It exists already.");

    /// <summary>The state of the resource does not allow the change.</summary>
    public static readonly ProblemType StateConflict = new("state-conflict", 409, "FAILED_PRECONDITION", "The state of the resource does not allow it.");

    /// <summary>Other writers won, also after the gateway's own retries. Nothing was stored; the request may be sent again.</summary>
    public static readonly ProblemType Aborted = new("aborted", 409, "ABORTED", "Other writers were faster.");

    /// <summary>A precondition header does not hold.</summary>
    public static readonly ProblemType PreconditionFailed = new("precondition-failed", 412, "FAILED_PRECONDITION", "The resource is not in the expected state.");

    /// <summary>The body is larger than the gateway or MLMD takes.</summary>
    public static readonly ProblemType TooLarge = new("too-large", 413, "RESOURCE_EXHAUSTED", "The request is too large.");

    /// <summary>The body is not declared as JSON.</summary>
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "INVALID_ARGUMENT", "The body must be JSON.");

    /// <summary>Something that the body refers to does not exist.</summary>
    public static readonly ProblemType UnresolvedReference = new("unresolved-reference", 422, "FAILED_PRECONDITION", "A reference does not resolve.");

    /// <summary>The request's <c>Idempotency-Key</c> stands for another request.</summary>
    public static readonly ProblemType IdempotencyKeyReused =
        new("idempotency-key-reused", 422, "FAILED_PRECONDITION", "The Idempotency-Key was used for another request.");

    /// <summary>A defect of the gateway itself.</summary>
    public static readonly ProblemType Internal = new("internal", 500, "INTERNAL", "The gateway failed.");

    /// <summary>The metadata store does not offer what the request needs.</summary>
    public static readonly ProblemType NotSupported = new("not-supported", 501, "UNIMPLEMENTED", "The metadata store does not support this.");

    /// <summary>The metadata store failed or gave an unusable answer.</summary>
    public static readonly ProblemType StoreFailed = new("store-failed", 502, "INTERNAL", "The metadata store failed.");

    /// <summary>The metadata store cannot be reached.</summary>
    public static readonly ProblemType StoreUnavailable = new("store-unavailable", 503, "UNAVAILABLE", "The metadata store cannot be reached.");

    /// <summary>The metadata store did not answer in time.</summary>
    public static readonly ProblemType Timeout = new("timeout", 504, "DEADLINE_EXCEEDED", "The metadata store did not answer in time.");

    /// <summary>All of them, for the documentation and its test.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        Validation, NotFound, MethodNotAllowed, AlreadyExists, StateConflict, Aborted, PreconditionFailed, TooLarge,
        UnsupportedMediaType, UnresolvedReference, IdempotencyKeyReused, Internal, NotSupported, StoreFailed, StoreUnavailable, Timeout,
    ];

    /// <summary>The stable URI in the body's <c>type</c>.</summary>
    public string Uri => $"https://metadata-gateway.dev/problems/{Name}";
}
