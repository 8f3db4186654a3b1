using Grpc.Core;

namespace MetadataGateway.EmbeddedStore;

/// <summary>The embedded store could not be opened. The message says what to do and names the configuration key.</summary>
public sealed class EmbeddedStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="statusCode">The status with which MLMD refuses such a file.</param>
    /// <param name="message">What is wrong, and what to do about it.</param>
    /// <param name="innerException">The cause, if there is one beneath.</param>
    public EmbeddedStoreException(StatusCode statusCode, string message, Exception? innerException = null)
        : base(message, innerException) => StatusCode = statusCode;

    /// <summary>The status with which MLMD refuses such a file, e.g. FAILED_PRECONDITION for another schema version.</summary>
    public StatusCode StatusCode { get; }
}
