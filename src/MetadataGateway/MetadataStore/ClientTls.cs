using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MetadataGateway.MetadataStore;

/// <summary>TLS to MLMD from the three PEM files that the Kubeflow Metadata SDK takes, too.</summary>
internal static class ClientTls
{
    public static SslClientAuthenticationOptions CreateOptions(MetadataStoreOptions options)
    {
        var tls = new SslClientAuthenticationOptions();
        if (options.CertificateChain.Length > 0)
        {
            // With the chain: a server that knows only the root cannot judge the certificate without what lies between.
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(LoadCertificate(options), Load(options.CertificateChain), offline: true);
        }

        if (options.RootCertificates.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(Load(options.RootCertificates));
            tls.CertificateChainPolicy = policy;
        }

        return tls;
    }

    /// <summary>What is wrong with the three files, each with the name of its setting: found out at the start rather than at the first call.</summary>
    public static IEnumerable<(string Name, string Text)> FindFaults(MetadataStoreOptions options)
    {
        var isSecure = options.Address.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        var (roots, chain, key) = (options.RootCertificates, options.CertificateChain, options.PrivateKey);
        (string Name, string Path, Func<bool> IsUsable, string Fault)[] files =
        [
            (nameof(options.RootCertificates), roots, () => Load(roots).Count > 0, "is no PEM file with certificates"),
            (nameof(options.CertificateChain), chain, () => Load(chain).Count > 0, "is no PEM file with certificates"),
            (nameof(options.PrivateKey), key, () => !File.Exists(chain) || HasKey(options), "is no PEM file with the key of the certificate chain"),
        ];
        foreach (var (name, path, isUsable, fault) in files.Where(file => file.Path.Length > 0))
        {
            if (!isSecure)
            {
                // Whoever sets it believes that the connection is encrypted.
                yield return (name, $"needs an https:// address in {MetadataStoreOptions.SectionName}:{nameof(options.Address)}");
            }
            else if (!File.Exists(path))
            {
                yield return (name, "names a file that does not exist");
            }
            else if (!Succeeds(isUsable))
            {
                yield return (name, fault);
            }
        }
    }

    private static bool HasKey(MetadataStoreOptions options)
    {
        using var certificate = LoadCertificate(options);
        return certificate.HasPrivateKey;
    }

    private static bool Succeeds(Func<bool> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static X509Certificate2 LoadCertificate(MetadataStoreOptions options)
    {
        using var pem = X509Certificate2.CreateFromPemFile(options.CertificateChain, options.PrivateKey);
        // A key that was read from PEM is ephemeral; TLS stacks want it re-imported.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }

    private static X509Certificate2Collection Load(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }
}
