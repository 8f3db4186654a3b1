namespace MetadataGateway.StoreContract.Tests.ClientChannel;

internal static class Limits
{
    /// <summary>How long a test waits for something that must happen; only a failing test waits that long.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <summary>The largest message, in bytes, of the invokers under test.</summary>
    public const int MessageSize = 64 * 1024;
}
