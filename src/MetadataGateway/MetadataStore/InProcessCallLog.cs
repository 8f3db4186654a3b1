namespace MetadataGateway.MetadataStore;

internal static partial class InProcessCallLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The metadata store failed in {Method}.")]
    public static partial void StoreFailed(ILogger logger, Exception exception, string method);

    [LoggerMessage(Level = LogLevel.Error, Message = "The metadata store failed on being told that the call {Method} is cancelled.")]
    public static partial void CancellationFailed(ILogger logger, Exception exception, string method);
}
