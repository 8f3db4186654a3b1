using Grpc.Core;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.StoreContract.Tests.Files;
using MetadataGateway.StoreContract.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.StoreContract.Tests.Concurrency;

/// <summary>Writes that are committed together stay independent of each other.</summary>
public sealed class WriteQueueTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StoreConnection connection;
    private readonly ConnectionPool pool = new(1, () => throw new InvalidOperationException());
    private readonly WriteQueue queue;

    public WriteQueueTests()
    {
        connection = StoreConnection.Open(Path);
        connection.Prepare("PRAGMA journal_mode = WAL").Any();
        connection.Execute("CREATE TABLE Entry (name TEXT UNIQUE, content BLOB)");
        pool.Add(connection);
        queue = new WriteQueue(pool);
    }

    private string Path => folder.File("queue.db");

    public void Dispose()
    {
        queue.Dispose();
        pool.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Enqueue_OneOfAGroupFails_OthersAreStored()
    {
        var held = HoldWriter();
        var first = Insert("first");
        var twin = Insert("first");
        var thrower = queue.Enqueue<int>(_ => throw new RpcException(new Status(StatusCode.NotFound, "")), CancellationToken.None);
        var last = Insert("last");

        held.Release();
        await Task.WhenAll(first, last);

        var failure = await Assert.ThrowsAsync<SqliteException>(() => twin);
        Assert.True(failure.IsUniquenessViolation());
        await Assert.ThrowsAsync<RpcException>(() => thrower);
        Assert.Equal(["first", "last"], Stored());
    }

    [Fact]
    public async Task Enqueue_FailingWriteOfSeveralRows_LeavesNone()
    {
        var held = HoldWriter();
        var halfDone = queue.Enqueue(
            writer =>
            {
                InsertRow(writer, "half", 1);
                return InsertRow(writer, "half", 1);
            },
            CancellationToken.None);
        var neighbour = Insert("neighbour");

        held.Release();
        await neighbour;

        await Assert.ThrowsAsync<SqliteException>(() => halfDone);
        Assert.Equal(["neighbour"], Stored());
    }

    [Fact]
    public async Task Enqueue_DiskFull_FailsWhatDoesNotFitAndGoesOn()
    {
        var held = HoldWriter();
        var small = Insert("small");
        var huge = Insert("huge", 10_000_000);
        var other = Insert("other");

        held.Release();
        await Task.WhenAll(small, other);

        var failure = await Assert.ThrowsAsync<SqliteException>(() => huge);
        Assert.Equal(StatusCode.ResourceExhausted, failure.ToStatus().StatusCode);
        await Insert("afterwards");
        Assert.Equal(["afterwards", "other", "small"], Stored());
    }

    [Fact]
    public async Task Enqueue_WhileTheDatabaseIsReadOnly_FailsAndGoesOnAfterwards()
    {
        await Insert("before");
        connection.Execute("PRAGMA query_only = ON");

        var failure = await Assert.ThrowsAsync<SqliteException>(() => Insert("refused"));
        Assert.Equal(StatusCode.FailedPrecondition, failure.ToStatus().StatusCode);

        connection.Execute("PRAGMA query_only = OFF");
        await Insert("afterwards");
        Assert.Equal(["afterwards", "before"], Stored());
    }

    [Fact]
    public async Task Enqueue_CancelledBeforeItsTurn_IsNotStored()
    {
        var held = HoldWriter();
        using var cancellation = new CancellationTokenSource();
        var kept = Insert("kept");
        var dropped = queue.Enqueue(writer => InsertRow(writer, "dropped", 1), cancellation.Token);

        await cancellation.CancelAsync();
        held.Release();
        await kept;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped);
        Assert.Equal(["kept"], Stored());
    }

    [Fact]
    public async Task Enqueue_AfterDispose_IsRefused()
    {
        queue.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Insert("late"));
    }

    // Occupies the writer until it is released; what is queued meanwhile becomes one group. The file may grow to some 4 MB.
    private SemaphoreSlim HoldWriter()
    {
        var held = new SemaphoreSlim(0);
        var started = new SemaphoreSlim(0);
        _ = queue.Enqueue(
            _ =>
            {
                started.Release();
                held.Wait();
                return 0;
            },
            CancellationToken.None);
        started.Wait();
        connection.Prepare("PRAGMA max_page_count = 1000").Any();
        return held;
    }

    private Task<int> Insert(string name, int size = 1) => queue.Enqueue(writer => InsertRow(writer, name, size), CancellationToken.None);

    private static int InsertRow(StoreConnection writer, string name, int size)
    {
        writer.Prepare("INSERT INTO Entry (name, content) VALUES (?, zeroblob(?))").Bind(name).Bind(size).Run();
        return 0;
    }

    private List<string> Stored() => Database.Texts(Path, "SELECT name FROM Entry ORDER BY name");
}
