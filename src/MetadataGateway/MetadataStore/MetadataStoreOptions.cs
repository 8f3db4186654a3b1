using System.ComponentModel.DataAnnotations;

namespace MetadataGateway.MetadataStore;

/// <summary>Which MLMD the gateway speaks to, and how. Section <c>MetadataStore</c>.</summary>
internal sealed class MetadataStoreOptions : IValidatableObject
{
    public const string SectionName = "MetadataStore";

    /// <summary><c>http://host:port</c> or <c>https://host:port</c> of a MetadataStoreService. Empty (the default): the embedded store.</summary>
    public string Address { get; set; } = "";

    /// <summary>Longest time for one MLMD call. Default 10 seconds, from 1 millisecond to 1 hour.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest gRPC message, sent or received, in bytes. Default 104857600 (100 MiB), at least 1 MiB.</summary>
    public int MaxMessageSize { get; set; } = 104_857_600;

    /// <summary>PEM file with the certificates that sign MLMD's. Empty: the machine's.</summary>
    public string RootCertificates { get; set; } = "";

    /// <summary>PEM file with the client's private key, for mutual TLS. Needs <see cref="CertificateChain"/>.</summary>
    public string PrivateKey { get; set; } = "";

    /// <summary>PEM file with the client's certificate chain, for mutual TLS. Needs <see cref="PrivateKey"/>.</summary>
    public string CertificateChain { get; set; } = "";

    /// <summary>
    /// Whether the Kubeflow types are registered at start. Default true. With false they are registered by the first request that needs them, and
    /// until then a fresh embedded store is exactly what a fresh MLMD server is: for those who use it as one, or replay recordings against it.
    /// </summary>
    public bool RegisterTypes { get; set; } = true;

    /// <summary>
    /// Whether MLMD over PostgreSQL may be used, which lets text into its SQL and loses updates. Default false: the gateway is never ready with one.
    /// With true, text with a backslash, or too long for it, is refused in reads and writes.
    /// </summary>
    public bool AllowPostgreSql { get; set; }

    public bool IsEmbedded => Address.Length == 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsEmbedded && !(Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" }))
        {
            yield return Fault(nameof(Address), "must be http://host:port or https://host:port, or empty for the embedded store");
        }

        if (Deadline < TimeSpan.FromMilliseconds(1) || Deadline > TimeSpan.FromHours(1))
        {
            yield return Fault(nameof(Deadline), "must be a time span from 00:00:00.001 to 01:00:00");
        }

        if (MaxMessageSize < 1024 * 1024)
        {
            yield return Fault(nameof(MaxMessageSize), "must be at least 1048576 bytes");
        }

        if ((PrivateKey.Length == 0) != (CertificateChain.Length == 0))
        {
            yield return Fault(nameof(PrivateKey), "and CertificateChain must be given together");
        }

        foreach (var (name, text) in ClientTls.FindFaults(this))
        {
            yield return Fault(name, text);
        }
    }

    private static ValidationResult Fault(string name, string text) => new($"{SectionName}:{name} {text}.", [name]);
}
