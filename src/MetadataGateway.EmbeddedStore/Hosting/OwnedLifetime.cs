using Microsoft.Extensions.Hosting;

namespace MetadataGateway.EmbeddedStore.Hosting;

/// <summary>Leaves the process's signals to the gateway's host: this application lives as long as its owner wants.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
