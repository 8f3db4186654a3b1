using MetadataGateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MetadataGateway.Tests.Adoption;

/// <summary>The machine's clock, put forward: what was just recorded becomes old without waiting.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}

internal static class MovedClocks
{
    public static GatewayFactory With(this GatewayFactory gateway, MovedClock clock) =>
        gateway.WithServices(services => services.AddSingleton<TimeProvider>(clock));
}
