using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MetadataGateway.EmbeddedStore.Hosting;

/// <summary>One port to listen at.</summary>
internal sealed record GrpcEndpoint(BindingAddress Address, int Port, HttpProtocols Protocols)
{
    private const string Key = $"{EmbeddedStoreOptions.SectionName}:{nameof(EmbeddedStoreOptions.GrpcUrl)}";

    public bool SpeaksGrpcWeb => Protocols.HasFlag(HttpProtocols.Http1);

    private bool IsSecure => Address.Scheme == Uri.UriSchemeHttps;

    /// <summary>The ports of a configuration, that for gRPC first.</summary>
    public static List<GrpcEndpoint> Of(EmbeddedStoreOptions options)
    {
        var address = Parse(options.GrpcUrl);
        var grpc = new GrpcEndpoint(address, address.Port, HttpProtocols.Http2);
        if (!options.GrpcWeb)
            return [grpc];

        if (grpc.IsSecure)
            return [grpc with { Protocols = HttpProtocols.Http1AndHttp2 }];

        // Without TLS there is no ALPN, and Kestrel takes a port of both versions for HTTP/1.1 only: gRPC-Web needs a port of its own.
        return [grpc, grpc with { Port = PortAfter(address), Protocols = HttpProtocols.Http1 }];
    }

    public void Listen(KestrelServerOptions server)
    {
        // Kestrel has no free port for both families of addresses at once.
        if (Address.Host is "localhost" && Port != 0)
            server.ListenLocalhost(Port, Configure);
        else if (Address.Host is "*" or "+")
            server.ListenAnyIP(Port, Configure);
        else
            server.Listen(Address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(Address.Host), Port, Configure);
    }

    private void Configure(ListenOptions endpoint)
    {
        endpoint.Protocols = Protocols;
        if (IsSecure)
            endpoint.UseHttps();
    }

    private static BindingAddress Parse(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException exception)
        {
            throw Unusable(url, exception);
        }

        var isKnown = address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;
        // A name would be ignored by Kestrel, which then listens at all addresses: nothing to do by surprise.
        var isHost = address.Host is "localhost" or "*" or "+" || IPAddress.TryParse(address.Host, out _);
        var isPort = address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort;
        return isKnown && isHost && isPort && address.PathBase.Length == 0 ? address : throw Unusable(url, null);
    }

    private static int PortAfter(BindingAddress address) => address.Port switch
    {
        0 => 0,
        IPEndPoint.MaxPort => throw new InvalidOperationException(
            $"{Key} leaves no port for gRPC-Web, which takes the next one: choose a port below {IPEndPoint.MaxPort}."),
        var port => port + 1,
    };

    private static InvalidOperationException Unusable(string url, Exception? cause) => new(
        $"{Key} is \"{url}\": it must be http or https, an IP address, localhost or *, and a port, as in http://127.0.0.1:9090.", cause);
}
