using MetadataGateway.EmbeddedStore;
using MetadataGateway.Tests.Profiles.Quirks;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>An MLMD that users have: a release on a database, and what the contract lets differ on it.</summary>
/// <param name="Name">How MLMD_PROFILE and test names call it.</param>
/// <param name="Quirks">Its habits, the outermost first; new ones for each server, as some remember things.</param>
internal sealed record MlmdProfile(string Name, Func<IReadOnlyList<Quirk>> Quirks)
{
    public const string Variable = "MLMD_PROFILE";

    /// <summary>The embedded store as it is.</summary>
    public static MlmdProfile Embedded { get; } = new("embedded", () => []) { KeepsExactDoubles = true, DoubleDigits = 17 };

    public static MlmdProfile Sqlite { get; } = new("sqlite", () => [.. Sqlite15, .. SqliteFilters, .. AnyRelease(digits: 15)]);

    public static MlmdProfile Release121 { get; } = new("1.21", () => [.. Sqlite15, new NoFilters(), .. AnyRelease(digits: 15)]) { HasFilter = false };

    public static MlmdProfile Release114 { get; } = new("1.14", () => [.. Release114Habits, .. Sqlite15, .. SqliteFilters, .. AnyRelease(digits: 15)])
    {
        IsRelease114 = true,
    };

    public static MlmdProfile MySql { get; } = new("mysql", () => [.. MySqlHabits, .. MySqlFilters, .. MySqlNames, .. AnyRelease(digits: 17)])
    {
        HasNarrowIntegers = true,
        IgnoresCase = true,
        DoubleDigits = 17,
    };

    /// <summary>What Kubeflow Pipelines installs.</summary>
    public static MlmdProfile Kubeflow { get; } = new("1.14-mysql", () => [.. Release114Habits, .. MySqlHabits, .. MySqlFilters, .. MySqlNames, .. AnyRelease(digits: 17)])
    {
        IsRelease114 = true,
        HasNarrowIntegers = true,
        IgnoresCase = true,
        DoubleDigits = 17,
    };

    public static MlmdProfile PostgreSql { get; } = new("postgresql", () => [.. PostgreSqlHabits, .. AnyRelease(digits: 17)])
    {
        HasNarrowIntegers = true,
        IsPostgreSql = true,
        DoubleDigits = 17,
    };

    public static IReadOnlyList<MlmdProfile> All { get; } = [Embedded, Sqlite, Release121, Release114, MySql, Kubeflow, PostgreSql];

    /// <summary>The profile that this process tests with.</summary>
    public static MlmdProfile Current { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? Named(name) : Embedded;

    public bool HasFilter { get; init; } = true;

    public bool IsRelease114 { get; init; }

    public bool KeepsExactDoubles { get; init; }

    /// <summary>How many digits of a double come back, of those that six decimals have left.</summary>
    public int DoubleDigits { get; init; } = 15;

    public bool HasNarrowIntegers { get; init; }

    public bool IgnoresCase { get; init; }

    public bool IsPostgreSql { get; init; }

    private static Quirk[] Sqlite15 => [new ParallelWritesAreAborted(every: 20, typesToo: false), new EventsGetLost()];

    private static Quirk[] SqliteFilters =>
    [
        new EnumFiltersAreReplacedAsText(), new SomeFilterColumnsAreMissing(), new FilterNamesLoseTheirCase(storedNamesKeepIt: true),
        new FilterEscapesNeverMatch(), new FilterLiteralsNameColumns(),
    ];

    private static Quirk[] MySqlHabits =>
    [
        new NarrowIntegers(), ShortTexts.OnMySql(), new FirstUpdatesAreAborted(), new ParallelWritesAreAborted(every: 50, typesToo: true),
        new TypesByNameLackExternalId(), new LargeDoublesAreCut(), new EventsByCreation(), new FailedInsertsTakeIds(),
    ];

    private static Quirk[] MySqlFilters =>
    [
        new EnumFiltersAreReplacedAsText(), new SomeFilterColumnsAreMissing(), new FilterNamesLoseTheirCase(storedNamesKeepIt: false),
        new NarrowFilterNumbers(), new FilterTextsCompareElsewise(ignoresCase: true),
    ];

    private static Quirk[] MySqlNames => [new ReadsIgnoreCase(), new NamesCollideWithoutCase()];

    private static Quirk[] PostgreSqlHabits =>
    [
        new BackslashesBreakTheSql(), new NarrowIntegers(), ShortTexts.OnPostgreSql(), new ParallelWritesAreAborted(every: 50, typesToo: false), new UpdatesGetLost(),
        new EnumFiltersAreReplacedAsText(), new SomeFilterColumnsAreMissing(), new FilterNamesLoseTheirCase(storedNamesKeepIt: true),
        new NarrowFilterNumbers(), new QuotesInFiltersFail(), new FilterEscapesNeverMatch(), new FilterTextsCompareElsewise(ignoresCase: false),
        new NoOrderWithoutOptions(), new EventsByCreation(), new FailedInsertsTakeIds(),
    ];

    private static Quirk[] Release114Habits => [new ExecutionsComeFirst(), new LineageWithoutEnds(), new UpdatesNeedTheirType()];

    public static MlmdProfile Named(string name) => All.Single(profile => profile.Name == name);

    /// <summary>The service that behaves like this MLMD, over the embedded store.</summary>
    public MetadataStoreService.MetadataStoreServiceBase Wrap(EmbeddedMetadataStore store) => this == Embedded ? store : new ProfiledStore(store, Quirks());

    // The defects that all releases have on all databases.
    private static Quirk[] AnyRelease(int digits) =>
    [
        new NoBatchContextMethods(), new EmptyValuesAreFatal(), new TakenExternalIdsAreAborted(), new CollidingUpdatesAreInternal(),
        new EmptyPairsAreArtifacts(), new DoublesAsText(digits), new PropertiesShareRows(), new LargePagesEnd(), new TimesPageByThisPageOnly(),
    ];
}
