namespace MetadataGateway.StoreContract.Tests.Model;

/// <summary>A clock that stands until it is set, back too, which the usual fake one refuses and real ones sometimes do.</summary>
internal sealed class SettableClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddDays(20_000);

    public override DateTimeOffset GetUtcNow() => Now;
}
