using MetadataGateway.StoreContract.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;
using MlMetadata;
using OrderField = MlMetadata.ListOperationOptions.Types.OrderByField.Types.Field;

namespace MetadataGateway.StoreContract.Tests.Paging;

/// <summary>Pages cover a list exactly where MLMD skips or repeats nodes (defects D11 and D12).</summary>
[Trait("Category", "StoreContract")]
public sealed class PagingTests
{
    [Theory]
    [InlineData(OrderField.Id, true, 10)]
    [InlineData(OrderField.Id, false, 10)]
    [InlineData(OrderField.CreateTime, true, 10)]
    [InlineData(OrderField.CreateTime, false, 10)]
    [InlineData(OrderField.LastUpdateTime, true, 10)]
    [InlineData(OrderField.LastUpdateTime, false, 10)]
    [InlineData(OrderField.LastUpdateTime, true, 1000)]
    public async Task List_ManyNodesOfOneTime_GivesEachOnceInOrder(OrderField field, bool ascending, int pageSize)
    {
        await using var server = await StoreServer.Start(":memory:", new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(1)));
        await PutArtifacts(server, 250);

        var ids = await ListAll(server, field, ascending, pageSize);

        var expected = Enumerable.Range(1, 250).Select(id => (long)id);
        Assert.Equal(ascending ? expected : expected.Reverse(), ids);
    }

    [Fact]
    public async Task List_ClockSetBackBetweenCreations_SkipsNone()
    {
        var clock = new SettableClock { Now = DateTimeOffset.UnixEpoch.AddDays(2) };
        await using var server = await StoreServer.Start(":memory:", clock);
        var typeId = await PutArtifacts(server, 3);
        clock.Now = DateTimeOffset.UnixEpoch.AddDays(1);
        await PutArtifacts(server, 3, typeId);

        var ids = await ListAll(server, OrderField.CreateTime, ascending: true, pageSize: 2);

        Assert.Equal([4, 5, 6, 1, 2, 3], ids);
    }

    [Theory]
    [InlineData(OrderField.Id, true)]
    [InlineData(OrderField.Id, false)]
    [InlineData(OrderField.CreateTime, true)]
    [InlineData(OrderField.LastUpdateTime, false)]
    public async Task List_ManyMembersFarFromTheStart_GivesEachOnceInOrder(OrderField field, bool ascending)
    {
        await using var server = await StoreServer.Start(":memory:", new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(1)));
        var other = await PutArtifacts(server, 3000);
        var typeId = await PutArtifacts(server, 1200, typeName: "U");
        await PutArtifacts(server, 3000, other);
        var contextId = await PutContextOf(server, Enumerable.Range(3001, 1200).Select(id => (long)id));

        var ofType = await ListAll(field, ascending, 100, async options =>
        {
            var page = await server.Client.GetArtifactsByTypeAsync(new GetArtifactsByTypeRequest { TypeName = "U", Options = options });
            return (page.Artifacts, page.NextPageToken);
        });
        var ofContext = await ListAll(field, ascending, 100, async options =>
        {
            var page = await server.Client.GetArtifactsByContextAsync(
                new GetArtifactsByContextRequest { ContextId = contextId, Options = options });
            return (page.Artifacts, page.NextPageToken);
        });

        var expected = Enumerable.Range(3001, 1200).Select(id => (long)id).ToList();
        if (!ascending)
            expected.Reverse();
        Assert.NotEqual(other, typeId);
        Assert.Equal(expected, ofType);
        Assert.Equal(expected, ofContext);
    }

    private static Task<List<long>> ListAll(StoreServer server, OrderField field, bool ascending, int pageSize) =>
        ListAll(field, ascending, pageSize, async options =>
        {
            var page = await server.Client.GetArtifactsAsync(new GetArtifactsRequest { Options = options });
            return (page.Artifacts, page.NextPageToken);
        });

    private static async Task<List<long>> ListAll(
        OrderField field, bool ascending, int pageSize, Func<ListOperationOptions, Task<(IEnumerable<Artifact> Nodes, string Token)>> list)
    {
        var ids = new List<long>();
        var options = new ListOperationOptions
        {
            MaxResultSize = pageSize,
            OrderByField = new ListOperationOptions.Types.OrderByField { Field = field, IsAsc = ascending },
        };
        do
        {
            var (nodes, token) = await list(options);
            ids.AddRange(nodes.Select(artifact => artifact.Id));
            options.NextPageToken = token;
        }
        while (options.NextPageToken.Length > 0 && ids.Count < 10_000);
        return ids;
    }

    private static async Task<long> PutArtifacts(StoreServer server, int count, long? typeId = null, string typeName = "T")
    {
        typeId ??= (await server.Client.PutArtifactTypeAsync(
            new PutArtifactTypeRequest { ArtifactType = new ArtifactType { Name = typeName } })).TypeId;
        var artifacts = Enumerable.Range(0, count).Select(_ => new Artifact { TypeId = typeId.Value });
        await server.Client.PutArtifactsAsync(new PutArtifactsRequest { Artifacts = { artifacts } });
        return typeId.Value;
    }

    private static async Task<long> PutContextOf(StoreServer server, IEnumerable<long> artifactIds)
    {
        var type = new PutContextTypeRequest { ContextType = new ContextType { Name = "C" } };
        var context = new Context { TypeId = (await server.Client.PutContextTypeAsync(type)).TypeId, Name = "c" };
        var id = (await server.Client.PutContextsAsync(new PutContextsRequest { Contexts = { context } })).ContextIds.Single();
        var links = artifactIds.Select(artifactId => new Attribution { ArtifactId = artifactId, ContextId = id });
        await server.Client.PutAttributionsAndAssociationsAsync(new PutAttributionsAndAssociationsRequest { Attributions = { links } });
        return id;
    }

    // The usual fake clock refuses to go back, as real ones sometimes do.
    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
