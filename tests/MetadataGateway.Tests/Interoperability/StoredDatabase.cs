using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Interoperability;

/// <summary>A gateway on a copy of a database that others wrote.</summary>
public abstract class StoredDatabase(string name) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GatewayFactory Gateway => field ??= Start();

    public HttpClient Client => Gateway.Client;

    internal string Path => field ??= _folder.CopyOf($"Fixtures/{name}");

    internal GatewayFactory Start() => new GatewayFactory().With("EmbeddedStore:DatabasePath", Path);

    public void Dispose()
    {
        Gateway.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What the Kubeflow Metadata SDK left after its demo, on a real MLMD.</summary>
public sealed class SdkDatabase() : StoredDatabase("sdk-demo.db");

/// <summary>What a real MLMD wrote: every kind of value, state and event, types with versions, and some records of the SDK.</summary>
public sealed class MlmdDatabase() : StoredDatabase("mlmd-1.17.db");
