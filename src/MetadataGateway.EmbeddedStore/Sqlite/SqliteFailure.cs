using Grpc.Core;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>What a failure of SQLite is called on the wire. The texts say nothing of SQL or of the file.</summary>
internal static class SqliteFailure
{
    public static RpcException ToStatus(this SqliteException failure) => failure.SqliteErrorCode switch
    {
        SqliteCode.Busy or SqliteCode.Locked => Status(StatusCode.Aborted, "The database is locked by another process. Try again."),
        SqliteCode.Interrupt => Status(StatusCode.Cancelled, "The call was cancelled."),
        SqliteCode.Full => Status(StatusCode.ResourceExhausted, "The disk of the metadata store is full. Nothing was stored."),
        SqliteCode.ReadOnly => Status(StatusCode.FailedPrecondition, "The database is read-only. Nothing was stored."),
        _ => Status(StatusCode.Internal, $"The database failed (SQLite code {failure.SqliteExtendedErrorCode})."),
    };

    private static RpcException Status(StatusCode code, string text) => new(new Status(code, text));
}
