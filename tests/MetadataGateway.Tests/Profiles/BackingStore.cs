using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.MetadataStore;
using Microsoft.Extensions.Logging.Abstractions;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>The embedded store as quirks see it: its service, and beneath that its tables, for what no call can do.</summary>
internal sealed class BackingStore(EmbeddedMetadataStore store)
{
    public MetadataStoreService.MetadataStoreServiceClient Client { get; } = new(
        new InProcessCallInvoker(store, null, TimeProvider.System, NullLogger<InProcessCallInvoker>.Instance));

    public async Task<IReadOnlyList<NodeMessage>> AllAsync(MessageDescriptor kind) => kind == Artifact.Descriptor
        ? (await Client.GetArtifactsAsync(new())).Nodes()
        : kind == Execution.Descriptor ? (await Client.GetExecutionsAsync(new())).Nodes() : (await Client.GetContextsAsync(new())).Nodes();

    public async Task<NodeMessage?> FindAsync(MessageDescriptor kind, long id) => (kind == Artifact.Descriptor
        ? (await Client.GetArtifactsByIDAsync(new() { ArtifactIds = { id } })).Nodes()
        : kind == Execution.Descriptor
            ? (await Client.GetExecutionsByIDAsync(new() { ExecutionIds = { id } })).Nodes()
            : (await Client.GetContextsByIDAsync(new() { ContextIds = { id } })).Nodes()).SingleOrDefault();

    /// <summary>The nodes of that kind that the store's own filter selects.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(MessageDescriptor kind, string filter)
    {
        var ids = new List<long>();
        for (var token = ""; token is not null;)
        {
            var options = new ListOperationOptions { MaxResultSize = 100, FilterQuery = filter, NextPageToken = token };
            IMessage page = kind == Artifact.Descriptor
                ? await Client.GetArtifactsAsync(new() { Options = options })
                : kind == Execution.Descriptor
                    ? await Client.GetExecutionsAsync(new() { Options = options })
                    : await Client.GetContextsAsync(new() { Options = options });
            ids.AddRange(page.Nodes().Select(node => node.Id!.Value));
            token = page.NextPageToken() is { Length: > 0 } more ? more : null;
        }

        return ids;
    }

    public void Execute(string sql, params object[] values) => Use(connection => connection.Prepare(sql).BindAll(values).Run());

    /// <summary>Whether the query gives a row.</summary>
    public bool Any(string sql)
    {
        var found = false;
        Use(connection => found = connection.Prepare(sql).Any());
        return found;
    }

    private void Use(Action<StoreConnection> use)
    {
        var connections = Writers(store);
        var connection = connections.Rent();
        try
        {
            use(connection);
        }
        finally
        {
            connections.Return(connection);
        }
    }

    // The store offers no way past its rules, and should not.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "writers")]
    private static extern ref ConnectionPool Writers(EmbeddedMetadataStore store);
}
