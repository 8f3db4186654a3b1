using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

/// <summary>
/// Random filters over random small stores, against an evaluation that tries every choice of neighbours. The seed is fixed; a failure names
/// the filter, and the seed of the case makes it again.
/// </summary>
public sealed class RandomFilterTests
{
    private const string Seed = "20240229,7";

    [Property(MaxTest = 200, Replay = Seed)]
    public Property Match_RandomFilters_AgreeWithTheMeaning() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), AssertAgreement);

    private static void AssertAgreement(int caseSeed)
    {
        var random = new Random(caseSeed);
        var store = new RandomStore(random);
        using var database = new FilterDatabase();
        store.Save(database);

        foreach (var kind in Enum.GetValues<NodeKind>())
            for (var round = 0; round < 5; round++)
            {
                var filter = new RandomFilter(random, kind).Condition(depth: 3);
                var expected = store.Nodes(kind).Where(node => IsMatch(store, kind, node, filter)).Select(node => node.Id);
                Assert.True(expected.SequenceEqual(Match(database, kind, filter)), $"Case {caseSeed}, {kind}: {filter.Text}");
            }
    }

    private static List<long> Match(FilterDatabase database, NodeKind kind, Part filter)
    {
        try
        {
            return database.Match(kind, filter.Text);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{kind}: {filter.Text}", fault);
        }
    }

    private static bool IsMatch(RandomStore store, NodeKind kind, Element node, Part filter)
    {
        IEnumerable<Dictionary<string, Element>> choices = [[]];
        foreach (var neighbour in filter.Neighbours)
            choices = [.. from choice in choices
                          from element in store.Neighbours(kind, node, neighbour)
                          select new Dictionary<string, Element>(choice) { [neighbour] = element }];
        return choices.Any(choice =>
            filter.Value((neighbour, attribute) => (neighbour is null ? node : choice[neighbour])[attribute]) is true);
    }
}
