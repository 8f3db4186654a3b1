using Grpc.Core;
using MetadataGateway.EmbeddedStore.FilterQuery;
using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.StoreContract.Tests.FilterQuery;

public sealed class HostileFilterTests
{
    // A small stack, so that recursion that grows with the filter cannot pass by luck.
    private const int StackBytes = 512 * 1024;

    public static TheoryData<string, string> Oversized() => new()
    {
        { "parentheses", new string('(', 100_000) },
        { "closed parentheses", new string('(', 100_000) + "TRUE" + new string(')', 100_000) },
        { "lists", Repeat("id IN (", 10_000) },
        { "NOT", Repeat("NOT ", 50_000) + "TRUE" },
        { "signs", "id = " + Repeat("- ", 50_000) + "id" },
        { "sums", "id = 0" + Repeat(" + 1", 50_000) },
        { "products", "id = 1" + Repeat(" * 1", 50_000) },
        { "values", "id IN (0" + Repeat(",1", 100_000) + ")" },
        { "length", "name = '" + new string('a', 300_000) + "'" },
        { "pattern", "name LIKE '" + new string('%', 60_000) + "'" },
        { "aliases", string.Join(" AND ", Enumerable.Range(0, 100).Select(number => $"contexts_{number}.id = 1")) },
        { "properties", string.Join(" OR ", Enumerable.Range(0, 100).Select(number => $"properties.p{number}.int_value = 1")) },
        { "open comment", Repeat("/*", 100_000) },
        { "quotes", Repeat("'\\", 100_000) },
        { "back quotes", "properties." + Repeat("`a`.", 50_000) + "int_value = 1" },
    };

    public static TheoryData<string, string> Large() => new()
    {
        { "long string", "name = '" + new string('a', 200_000) + "'" },
        { "long list", "id IN (0" + Repeat(",1", 20_000) + ")" },
        { "long OR", "id = 0" + Repeat(" OR id=1", 15_000) },
        { "long AND", "id = 0" + Repeat(" AND id=1", 15_000) },
        { "long AND of a neighbour", "contexts_a.id = 0" + Repeat(" AND contexts_a.id=1", 8_000) },
        { "nested", new string('(', 32) + "TRUE" + new string(')', 32) },
        { "negated", Repeat("NOT ", 150) + "TRUE" },
        { "summed", "id = 0" + Repeat(" + 1", 150) },
        { "many properties", string.Join(" OR ", Enumerable.Range(0, 60).Select(number => $"properties.p{number}.int_value = 1")) },
        { "many aliases", string.Join(" OR ", Enumerable.Range(0, 30).Select(number => $"contexts_{number}.id = 1")) },
    };

    [Theory]
    [MemberData(nameof(Oversized))]
    public void Compile_OversizedFilter_IsInvalid(string what, string filterQuery)
    {
        var fault = OnSmallStack(() => FilterQueryCompiler.Compile(filterQuery, NodeKind.Artifact));

        Assert.True(fault is RpcException { StatusCode: StatusCode.InvalidArgument }, $"{what}: {fault}");
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void Match_LargeFilter_IsRun(string what, string filterQuery)
    {
        using var database = new FilterDatabase();

        var fault = OnSmallStack(() => database.Match(NodeKind.Artifact, filterQuery));

        Assert.True(fault is null, $"{what}: {fault}");
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static Exception? OnSmallStack(Action action)
    {
        Exception? fault = null;
        var thread = new Thread(() => fault = Record.Exception(action), StackBytes);
        thread.Start();
        thread.Join();
        return fault;
    }
}
