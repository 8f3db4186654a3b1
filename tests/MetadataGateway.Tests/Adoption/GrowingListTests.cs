using Grpc.Core;
using MetadataGateway.Adoption;
using MetadataGateway.Paging;
using Microsoft.Extensions.Time.Testing;
using MlMetadata;

namespace MetadataGateway.Tests.Adoption;

public sealed class GrowingListTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly SortedDictionary<long, Execution> _stored = [];
    private readonly List<long> _handed = [];
    private readonly GrowingList<Execution> _list;
    private string _tokenPrefix = "after ";
    private int _pagesRead;

    public GrowingListTests() => _list = new(ReadAsync, _clock);

    [Fact]
    public async Task Read_OfAnEmptyList_IsOnePage()
    {
        var progress = await ReadAsync(1000);

        Assert.Equal((new ListProgress(0, true), 1), (progress, _pagesRead));
        Assert.Equal(ListPosition.Start, _list.Settled);
    }

    [Fact]
    public async Task Read_OfOldRecords_HandsOnEachOnceAndRemembersThePage()
    {
        Store(1, 250);
        _clock.Advance(TimeSpan.FromMinutes(2));

        var progress = await ReadAsync(1000);
        _pagesRead = 0;
        await ReadAsync(1000);

        Assert.Equal(new ListProgress(250, true), progress);
        Assert.Equal(Ids(1, 250), _handed);
        Assert.Equal(new ListPosition(250, "after 200"), _list.Settled);
        Assert.Equal(1, _pagesRead);
    }

    [Fact]
    public async Task Read_OfYoungRecords_HandsThemOnAndStaysBeforeThem()
    {
        Store(1, 3);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Store(4, 6);

        await ReadAsync(1000);

        Assert.Equal(Ids(1, 6), _handed);
        Assert.Equal(new ListPosition(3, null), _list.Settled);
    }

    [Fact]
    public async Task Read_AfterALateCommit_HandsOnTheLowerId()
    {
        Store(1, 2);
        Store(4, 5);
        await ReadAsync(1000);

        Store(3, 3);
        await ReadAsync(1000);

        Assert.Equal([1, 2, 4, 5, 3], _handed);
    }

    [Fact]
    public async Task Read_OnceTheyHaveAged_MovesOn()
    {
        Store(1, 150);
        await ReadAsync(1000);
        Assert.Equal(ListPosition.Start, _list.Settled);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await ReadAsync(1000);

        Assert.Equal(new ListPosition(150, "after 100"), _list.Settled);
        Assert.Equal(Ids(1, 150), _handed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(101)]
    public async Task Read_WithABudget_StopsAtItAndGoesOnThere(int budget)
    {
        Store(1, 230);

        var examined = new List<int>();
        ListProgress progress;
        do
        {
            progress = await ReadAsync(budget);
            examined.Add(progress.Examined);
        }
        while (!progress.IsComplete);

        Assert.All(examined, count => Assert.InRange(count, 0, budget));
        Assert.Equal(Ids(1, 230), _handed);
    }

    [Fact]
    public async Task Read_BehindALargeImport_ReadsTheLastPagesAgainOnly()
    {
        Store(1, 5000);
        Assert.True((await ReadAsync(10_000)).IsComplete);
        _pagesRead = 0;

        Store(5001, 5001);
        var progress = await ReadAsync(10);

        Assert.Equal(new ListProgress(1, true), progress);
        Assert.InRange(_pagesRead, 1, 12);
        Assert.Equal(Ids(1, 5001), _handed);
    }

    [Fact]
    public async Task Read_Thoroughly_FindsALateCommitFarBehind()
    {
        Store(1, 99);
        Store(101, 5000);
        await ReadAsync(10_000);

        Store(100, 100);
        var quick = await ReadAsync(10);
        var thorough = await ReadAsync(10_000, isThorough: true);

        Assert.Equal((0, 1), (quick.Examined, thorough.Examined));
        Assert.Equal(100, _handed[^1]);
    }

    [Fact]
    public async Task Read_AfterAFailure_HandsOnTheSamePageAgain()
    {
        Store(1, 150);
        _clock.Advance(TimeSpan.FromMinutes(2));
        var calls = 0;

        await Assert.ThrowsAsync<RpcException>(() => _list.ReadAsync(
            (page, token) => ++calls == 2 ? throw new RpcException(new Status(StatusCode.Unavailable, "")) : HandleAsync(page, token), 1000, false, default));
        Assert.Equal(100, _list.Settled.Id);
        await ReadAsync(1000);

        Assert.Equal(Ids(1, 150), _handed);
    }

    [Fact]
    public async Task Read_FromAPositionWhoseTokenIsUnknown_FindsItsWayBack()
    {
        Store(1, 250);
        _clock.Advance(TimeSpan.FromMinutes(2));
        _tokenPrefix = "behind ";

        _list.MoveTo(new(220, "after 200"));
        var progress = await ReadAsync(1000);

        Assert.Equal(new ListProgress(30, true), progress);
        Assert.Equal(Ids(221, 250), _handed);
        Assert.Equal(new ListPosition(250, "behind 200"), _list.Settled);
    }

    private static IEnumerable<long> Ids(long first, long last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(id => (long)id);

    private void Store(long first, long last)
    {
        foreach (var id in Ids(first, last))
        {
            _stored[id] = new Execution { Id = id, CreateTimeSinceEpoch = _clock.GetUtcNow().ToUnixTimeMilliseconds() };
        }
    }

    private Task<ListProgress> ReadAsync(int budget, bool isThorough = false) => _list.ReadAsync(HandleAsync, budget, isThorough, default);

    private Task HandleAsync(IReadOnlyList<Execution> page, CancellationToken cancellationToken)
    {
        _handed.AddRange(page.Select(execution => execution.Id));
        return Task.CompletedTask;
    }

    private Task<StorePage<Execution>> ReadAsync(ListOperationOptions options, CancellationToken cancellationToken)
    {
        _pagesRead++;
        var after = 0L;
        if (options.HasNextPageToken && !(options.NextPageToken.StartsWith(_tokenPrefix, StringComparison.Ordinal) && long.TryParse(options.NextPageToken[_tokenPrefix.Length..], out after)))
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "next_page_token"));
        }

        var rest = _stored.Values.Where(execution => execution.Id > after).ToList();
        var page = rest.Take(options.MaxResultSize).ToList();
        return Task.FromResult(new StorePage<Execution>(page, rest.Count > page.Count ? $"{_tokenPrefix}{page[^1].Id}" : null));
    }
}
