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

    private static async Task<List<long>> ListAll(StoreServer server, OrderField field, bool ascending, int pageSize)
    {
        var ids = new List<long>();
        var options = new ListOperationOptions
        {
            MaxResultSize = pageSize,
            OrderByField = new ListOperationOptions.Types.OrderByField { Field = field, IsAsc = ascending },
        };
        for (var more = true; more && ids.Count < 1000;)
        {
            var page = await server.Client.GetArtifactsAsync(new GetArtifactsRequest { Options = options });
            ids.AddRange(page.Artifacts.Select(artifact => artifact.Id));
            more = page.HasNextPageToken;
            options.NextPageToken = page.NextPageToken;
        }
        return ids;
    }

    private static async Task<long> PutArtifacts(StoreServer server, int count, long? typeId = null)
    {
        typeId ??= (await server.Client.PutArtifactTypeAsync(
            new PutArtifactTypeRequest { ArtifactType = new ArtifactType { Name = "T" } })).TypeId;
        var artifacts = Enumerable.Range(0, count).Select(_ => new Artifact { TypeId = typeId.Value });
        await server.Client.PutArtifactsAsync(new PutArtifactsRequest { Artifacts = { artifacts } });
        return typeId.Value;
    }

    // The usual fake clock refuses to go back, as real ones sometimes do.
    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
