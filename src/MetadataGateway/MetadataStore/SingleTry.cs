using Grpc.Core;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Calls that are not to be repeated for their caller: whether another try is of use is known only there. The mark is a set of headers that is
/// empty, so nothing of it goes over the wire.
/// </summary>
internal static class SingleTry
{
    private static readonly Metadata Mark = [];

    public static CallOptions Options(CancellationToken cancellationToken) => new(Mark, cancellationToken: cancellationToken);

    public static bool IsAskedFor(CallOptions options) => ReferenceEquals(options.Headers, Mark);
}
