namespace MetadataGateway.MetadataStore;

/// <summary>What the MLMD behind the gateway can do, as its answers to the probes tell: no call of MLMD tells release or back end.</summary>
/// <param name="HasFilter">Whether lists take a <c>filter_query</c>; from 1.21 on they do not.</param>
/// <param name="IsRelease114">Whether it is 1.14, where some options are ignored.</param>
/// <param name="IgnoresCase">Whether names are compared without case and trailing blanks, as MySQL does.</param>
/// <param name="IsPostgreSql">Whether its back end is PostgreSQL.</param>
/// <param name="IsSqlite">Whether its back end is known to be SQLite; without a filter that cannot be told.</param>
internal sealed record StoreCapabilities(bool HasFilter, bool IsRelease114, bool IgnoresCase, bool IsPostgreSql, bool IsSqlite)
{
    /// <summary>Whether integers have 32 bits only: a larger one makes the whole call fail.</summary>
    public bool HasNarrowIntegers => IsPostgreSql || IgnoresCase || (HasFilter && !IsSqlite);

    /// <summary>Whether GetLineageSubgraph can be used: its starting nodes need a filter.</summary>
    public bool HasLineageSubgraph => HasFilter;

    public string Release => IsRelease114 ? "1.14" : HasFilter ? "1.15 to 1.17" : "1.21 or newer";

    public string BackEnd => IsPostgreSql ? "PostgreSQL" : IsSqlite ? "SQLite" : IgnoresCase || HasFilter ? "MySQL" : "SQLite or MySQL";
}
