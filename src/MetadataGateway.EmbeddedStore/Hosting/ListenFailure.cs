using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;

namespace MetadataGateway.EmbeddedStore.Hosting;

/// <summary>Why the server could not listen, in the terms of its configuration.</summary>
internal static class ListenFailure
{
    private const string Section = EmbeddedStoreOptions.SectionName;

    public static InvalidOperationException? Explain(Exception failure, EmbeddedStoreOptions options)
    {
        var setting = $"{Section}:{nameof(EmbeddedStoreOptions.GrpcUrl)} is {options.GrpcUrl}";
        var next = options.GrpcWeb && options.GrpcUrl.StartsWith(Uri.UriSchemeHttp + ":", StringComparison.Ordinal)
            ? " (and gRPC-Web takes the port after it)"
            : string.Empty;

        return failure switch
        {
            IOException { InnerException: AddressInUseException } => new InvalidOperationException(
                $"{setting}{next}, but another program listens there. Choose another port, or an empty address to serve no gRPC clients.",
                failure),
            IOException and not FileNotFoundException and not DirectoryNotFoundException or SocketException => new InvalidOperationException($"{setting}{next}: {failure.Message}", failure),
            // What is left to fail for an https address is its certificate: none, not there, or not readable.
            InvalidOperationException or IOException or CryptographicException
                when options.GrpcUrl.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) => new InvalidOperationException(
                $"{setting}, so {Section}:Kestrel:Certificates:Default must name a certificate. {failure.Message}", failure),
            _ => null,
        };
    }
}
