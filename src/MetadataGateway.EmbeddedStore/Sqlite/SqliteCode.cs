using Microsoft.Data.Sqlite;

namespace MetadataGateway.EmbeddedStore.Sqlite;

/// <summary>SQLite's result codes that the store acts on. Failures are told apart by these, never by their text.</summary>
internal static class SqliteCode
{
    /// <summary>The statement does not fit the tables, e.g. a missing column.</summary>
    public const int Error = 1;

    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int Interrupt = 9;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;

    /// <summary>Extended code of SQLITE_CONSTRAINT: a UNIQUE constraint.</summary>
    public const int ConstraintUnique = 2067;

    /// <summary>Extended code of SQLITE_CONSTRAINT: a primary key of several columns.</summary>
    public const int ConstraintPrimaryKey = 1555;

    public static bool IsUniquenessViolation(this SqliteException failure) =>
        failure.SqliteExtendedErrorCode is ConstraintUnique or ConstraintPrimaryKey;
}
