using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlMetadata;
using Direction = MlMetadata.LineageSubgraphQueryOptions.Types.Direction;
using EndingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.EndingNodes;
using EventType = MlMetadata.Event.Types.Type;
using StartingNodes = MlMetadata.LineageSubgraphQueryOptions.Types.StartingNodes;

namespace MetadataGateway.StoreContract.Tests.Lineage;

/// <summary>
/// Walks over random graphs, against MLMD's description of the walk taken one node and one event at a time. The seed is fixed.
/// </summary>
public sealed class RandomLineageTests
{
    private const int Nodes = 6;

    private static readonly EventType[] Outputs =
        [EventType.Output, EventType.DeclaredOutput, EventType.InternalOutput, EventType.PendingOutput];

    [Property(MaxTest = 300, Replay = "20240229,7")]
    public Property Query_RandomGraphs_AgreesWithTheDescription() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), AssertAgreement);

    private static void AssertAgreement(int caseSeed)
    {
        var random = new Random(caseSeed);
        using var database = new LineageDatabase(Nodes, Nodes);
        var events = RandomEvents(random);
        foreach (var (artifact, type, execution) in events)
            database.AddEvent(artifact, type, execution);

        for (var round = 0; round < 8; round++)
        {
            var query = new Case(
                random.Next(2) == 0, RandomIds(random, 2), random.Next(7), (Direction)random.Next(4),
                new Ending(RandomIds(random, random.Next(3)), random.Next(2) == 0),
                new Ending(RandomIds(random, random.Next(3)), random.Next(2) == 0));
            var expected = Expected(events, query);
            var found = LineageDatabase.Describe(database.Query(query.ToOptions()));
            Assert.True(expected == found, $"Seed {caseSeed}: {query.ToOptions()} gives {found}, not {expected}");
        }
    }

    // Nodes are pairs here: whether it is an artifact, and the id.
    private static string Expected(IReadOnlyList<(long Artifact, EventType Type, long Execution)> events, Case query)
    {
        var visited = new HashSet<(bool, long)>();
        var ending = new HashSet<(bool, long)>();
        var collected = new HashSet<(long, EventType, long)>();
        var frontier = new HashSet<(bool, long)>();
        foreach (var id in query.Starting)
            (query.EndingOf(query.FromArtifacts).Ids.Contains(id) ? ending : frontier).Add((query.FromArtifacts, id));
        visited.UnionWith(frontier);
        for (var hop = 1; hop <= query.Hops; hop++)
        {
            var before = visited.ToHashSet();
            var next = new HashSet<(bool, long)>();
            foreach (var (isArtifact, id) in frontier)
                foreach (var found in events)
                {
                    if ((isArtifact ? found.Artifact : found.Execution) != id || !IsKept(found.Type, isArtifact))
                        continue;
                    var far = (!isArtifact, isArtifact ? found.Execution : found.Artifact);
                    var rule = query.EndingOf(far.Item1);
                    if (rule.Ids.Contains(far.Item2))
                        ending.Add(far);
                    else if (!before.Contains(far))
                        next.Add(far);
                    var isDirected = query.Direction is Direction.Upstream or Direction.Downstream;
                    if (next.Contains(far) || ending.Contains(far) && rule.IsIncluded || before.Contains(far) && isDirected)
                        collected.Add(found);
                }
            visited.UnionWith(next);
            frontier = next;
        }
        visited.UnionWith(ending.Where(node => query.EndingOf(node.Item1).IsIncluded));
        return string.Join(' ',
        [
            .. visited.Where(node => node.Item1).Select(node => $"a{node.Item2}").Order(),
            .. visited.Where(node => !node.Item1).Select(node => $"e{node.Item2}").Order(),
            .. collected.Select(found => $"a{found.Item1}-{found.Item2}-e{found.Item3}").Order(StringComparer.Ordinal),
        ]);

        bool IsKept(EventType type, bool fromArtifact) => query.Direction switch
        {
            Direction.Upstream => Outputs.Contains(type) == fromArtifact,
            Direction.Downstream => Outputs.Contains(type) != fromArtifact,
            _ => true,
        };
    }

    private static List<(long, EventType, long)> RandomEvents(Random random) =>
    [
        .. from artifact in Enumerable.Range(1, Nodes)
           from execution in Enumerable.Range(1, Nodes)
           from type in Enumerable.Range(1, 7)
           where random.Next(30) == 0
           select ((long)artifact, (EventType)type, (long)execution),
    ];

    private static long[] RandomIds(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(1, Nodes + 1)).Distinct()];

    private sealed record Ending(long[] Ids, bool IsIncluded)
    {
        public EndingNodes? ToOptions() => Ids.Length == 0
            ? null
            : new EndingNodes { FilterQuery = $"id IN ({string.Join(",", Ids)})", IncludeEndingNodes = IsIncluded };
    }

    private sealed record Case(bool FromArtifacts, long[] Starting, int Hops, Direction Direction, Ending Artifacts, Ending Executions)
    {
        public Ending EndingOf(bool artifacts) => artifacts ? Artifacts : Executions;

        public LineageSubgraphQueryOptions ToOptions()
        {
            var starting = new StartingNodes { FilterQuery = $"id IN ({string.Join(",", Starting)})" };
            var options = new LineageSubgraphQueryOptions { MaxNumHops = Hops, Direction = Direction };
            if (FromArtifacts)
                options.StartingArtifacts = starting;
            else
                options.StartingExecutions = starting;
            options.EndingArtifacts = Artifacts.ToOptions();
            options.EndingExecutions = Executions.ToOptions();
            return options;
        }
    }
}
