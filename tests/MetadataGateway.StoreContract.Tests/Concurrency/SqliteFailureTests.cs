using Grpc.Core;
using MetadataGateway.EmbeddedStore.Sqlite;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.StoreContract.Tests.Concurrency;

public sealed class SqliteFailureTests
{
    [Theory]
    [InlineData(SqliteCode.Busy, StatusCode.Aborted)]
    [InlineData(SqliteCode.Locked, StatusCode.Aborted)]
    [InlineData(SqliteCode.Full, StatusCode.ResourceExhausted)]
    [InlineData(SqliteCode.ReadOnly, StatusCode.FailedPrecondition)]
    [InlineData(SqliteCode.Error, StatusCode.Internal)]
    public void ToStatus_OfEachCode_SaysNothingOfTheSql(int code, StatusCode status)
    {
        var failure = new SqliteException("SELECT secret FROM /srv/metadata.db", code, code).ToStatus();

        Assert.Equal(status, failure.StatusCode);
        Assert.DoesNotContain("secret", failure.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("metadata.db", failure.Status.Detail, StringComparison.Ordinal);
    }
}
