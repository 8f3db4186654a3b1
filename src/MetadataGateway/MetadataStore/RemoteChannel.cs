using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MetadataGateway.MetadataStore;

/// <summary>The HTTP/2 connections to a real MLMD: TLS from the three PEM files, several connections under load, keep-alive pings.</summary>
internal static class RemoteChannel
{
    public static SocketsHttpHandler CreateHandler(MetadataStoreOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        if (options.CertificateChain.Length > 0)
        {
            handler.SslOptions.ClientCertificates = [LoadClientCertificate(options)];
        }

        if (options.RootCertificates.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(options.RootCertificates);
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = handler.SslOptions.ClientCertificates,
                CertificateChainPolicy = policy,
            };
        }

        return handler;
    }

    private static X509Certificate2 LoadClientCertificate(MetadataStoreOptions options)
    {
        using var pem = X509Certificate2.CreateFromPemFile(options.CertificateChain, options.PrivateKey);
        // A key that was read from PEM is ephemeral; TLS stacks want it re-imported.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }
}
