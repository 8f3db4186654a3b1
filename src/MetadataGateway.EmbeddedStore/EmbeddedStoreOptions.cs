namespace MetadataGateway.EmbeddedStore;

/// <summary>Where the embedded metadata store keeps its data, and where it listens for gRPC clients.</summary>
public sealed class EmbeddedStoreOptions
{
    /// <summary>The configuration section of these options.</summary>
    public const string SectionName = "EmbeddedStore";

    /// <summary>The configuration key of <see cref="DatabasePath"/>, as error messages name it.</summary>
    internal const string DatabasePathKey = $"{SectionName}:{nameof(DatabasePath)}";

    /// <summary>
    /// The SQLite file, in MLMD's schema version 10. Default <c>data/metadata.db</c>, relative to the working directory; the file and
    /// its directory are created if missing. <c>:memory:</c> keeps everything in memory and forgets it at the end of the process.
    /// One process at a time can use a file.
    /// </summary>
    public string DatabasePath { get; init; } = "data/metadata.db";

    /// <summary>
    /// The address on which other gRPC clients of MLMD reach the store: HTTP/2, with <c>https://</c> over TLS with the certificate under
    /// <c>EmbeddedStore:Kestrel:Certificates:Default</c>. Default <c>http://127.0.0.1:9090</c>; empty for no listener.
    /// </summary>
    public string GrpcUrl { get; init; } = "http://127.0.0.1:9090";

    /// <summary>
    /// Whether browsers can reach the store, too, by gRPC-Web with CORS: at the port after that of <see cref="GrpcUrl"/>, since HTTP/1.1 and
    /// HTTP/2 without TLS cannot share one; with <c>https://</c> at the same. Default <c>false</c>.
    /// </summary>
    public bool GrpcWeb { get; init; }
}
