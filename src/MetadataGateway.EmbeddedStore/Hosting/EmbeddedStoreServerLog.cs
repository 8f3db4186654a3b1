using Microsoft.Extensions.Logging;

namespace MetadataGateway.EmbeddedStore.Hosting;

internal static partial class EmbeddedStoreServerLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The embedded metadata store listens for gRPC clients at {Address}, for gRPC-Web clients at {GrpcWebAddress}.")]
    public static partial void Listening(ILogger logger, Uri address, Uri? grpcWebAddress);
}
