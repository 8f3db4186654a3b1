using Microsoft.Extensions.Logging;

namespace MetadataGateway.EmbeddedStore.Hosting;

internal static partial class EmbeddedStoreServerLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The embedded metadata store listens for gRPC clients at {Address}.")]
    public static partial void Listening(ILogger logger, Uri address);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The embedded metadata store listens for gRPC-Web clients at {Address}.")]
    public static partial void ListeningForBrowsers(ILogger logger, Uri address);
}
