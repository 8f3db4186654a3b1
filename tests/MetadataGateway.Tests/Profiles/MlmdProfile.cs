using MetadataGateway.EmbeddedStore;
using MetadataGateway.Tests.Profiles.Quirks;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>An MLMD that users have: a release on a database, and what the contract lets differ on it.</summary>
/// <param name="Name">How MLMD_PROFILE and test names call it.</param>
/// <param name="Abilities">What it can do of what not every one can.</param>
/// <param name="Quirks">Its habits, the outermost first; new ones for each server, as some remember things.</param>
internal sealed record MlmdProfile(string Name, StoreAbility Abilities, Func<IReadOnlyList<Quirk>> Quirks)
{
    public const string Variable = "MLMD_PROFILE";

    private const StoreAbility OfSqlite = OfMySql | StoreAbility.WideIntegers | StoreAbility.CaseInNames | StoreAbility.LongNames;
    private const StoreAbility OfMySql = StoreAbility.AnyText | StoreAbility.CheckedUpdates | StoreAbility.Filters | StoreAbility.LinksInLineage;
    private const StoreAbility OfPostgreSql = StoreAbility.CaseInNames | StoreAbility.Filters | StoreAbility.LinksInLineage;

    /// <summary>The embedded store as it is.</summary>
    public static MlmdProfile Embedded { get; } = new("embedded", OfSqlite | StoreAbility.ExactDoubles, () => []);

    public static MlmdProfile Sqlite { get; } = new("sqlite", OfSqlite, () => [.. SqliteHabits, .. SqliteFilters, .. AnyRelease(digits: 15)]);

    public static MlmdProfile Release121 { get; } = new(
        "1.21", OfSqlite & ~(StoreAbility.Filters | StoreAbility.LinksInLineage), () => [new NoFilters(), .. SqliteHabits, .. AnyRelease(digits: 15)]);

    public static MlmdProfile Release114 { get; } = new(
        "1.14", OfSqlite & ~StoreAbility.LinksInLineage, () => [.. Release114Habits, .. SqliteHabits, .. SqliteFilters, .. AnyRelease(digits: 15)]);

    public static MlmdProfile MySql { get; } = new("mysql", OfMySql, () => [.. MySqlHabits, .. MySqlFilters, .. MySqlNames, .. AnyRelease(digits: 17)]);

    /// <summary>What Kubeflow Pipelines installs.</summary>
    public static MlmdProfile Kubeflow { get; } = new(
        "1.14-mysql", OfMySql & ~StoreAbility.LinksInLineage, () => [.. Release114Habits, .. MySqlHabits, .. MySqlFilters, .. MySqlNames, .. AnyRelease(digits: 17)]);

    public static MlmdProfile PostgreSql { get; } = new("postgresql", OfPostgreSql, () => [.. PostgreSqlHabits, .. AnyRelease(digits: 17)]);

    public static IReadOnlyList<MlmdProfile> All { get; } = [Embedded, Sqlite, Release121, Release114, MySql, Kubeflow, PostgreSql];

    /// <summary>The profile that this process tests with.</summary>
    public static MlmdProfile Current { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? Named(name) : Embedded;

    /// <summary>The largest integer that it holds, and so the largest that a test can find in it.</summary>
    public long LargestInteger => Abilities.HasFlag(StoreAbility.WideIntegers) ? long.MaxValue : int.MaxValue;

    public bool IsPostgreSql => this == PostgreSql;

    /// <summary>Why a test that needs this is not applicable; null when it is.</summary>
    public string? Lacks(StoreAbility needed) => (needed & ~Abilities) is var lacking && lacking == StoreAbility.None ? null : $"{Name} has no {lacking}.";

    private static Quirk[] SqliteHabits => [new ParallelWritesAreAborted(every: 20, typesToo: false), new EventsGetLost()];

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
