namespace MetadataGateway.MetadataStore;

/// <summary>The HTTP/2 connections to a real MLMD: TLS, several connections under load, keep-alive pings.</summary>
internal static class RemoteChannel
{
    public static SocketsHttpHandler CreateHandler(MetadataStoreOptions options) => new()
    {
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        SslOptions = ClientTls.CreateOptions(options),
    };
}
