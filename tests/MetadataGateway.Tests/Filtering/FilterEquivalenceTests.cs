using System.Globalization;
using System.Net;
using MetadataGateway.Adoption;
using MetadataGateway.Artifacts;
using MetadataGateway.Executions;
using MetadataGateway.Filtering;
using MetadataGateway.Paging;
using MetadataGateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MlMetadata;

namespace MetadataGateway.Tests.Filtering;

/// <summary>
/// The same filter gives the same rows in the same order whatever MLMD is behind: random filters over random records, page by page, against the evaluator
/// over everything that is stored. Seed and number of filters: FILTER_SEED and FILTER_RUNS in the environment.
/// </summary>
public sealed class FilterEquivalenceTests
{
    private static readonly string[] Orders = ["id", "id desc", "createTime", "createTime desc", "updateTime", "updateTime desc"];

    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("FILTER_SEED") ?? "20261124", CultureInfo.InvariantCulture);
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("FILTER_RUNS") ?? "300", CultureInfo.InvariantCulture);

    [Fact]
    public async Task List_WithAnyFilterOrderAndPageSize_GivesWhatThePlainEvaluatorSelects()
    {
        var random = new Random(Seed);
        await using var gateway = new GatewayFactory();
        var records = new RandomRecords(gateway, random);
        await records.FillAsync(90);
        // Adoption is a writer, too; it has nothing left to do afterwards.
        var adoption = gateway.Services.GetRequiredService<RecordAdoption>();
        Assert.True((await adoption.AdoptArtifactsAsync(1000, default)).IsComplete && (await adoption.AdoptExecutionsAsync(1000, default)).IsComplete);
        // As the gateway sees them: a server may keep less of a double than it was given.
        var store = gateway.Services.GetRequiredService<MetadataStoreService.MetadataStoreServiceClient>();
        var artifacts = (await store.GetArtifactsByContextAsync(new() { ContextId = records.WorkspaceId })).Artifacts;
        var executions = (await store.GetExecutionsByContextAsync(new() { ContextId = records.WorkspaceId })).Executions;
        Assert.True(artifacts.Count > 30 && executions.Count > 10);

        for (var run = 0; run < Runs; run++)
        {
            var (order, size, showDeleted) = (random.Pick(Orders), random.Pick([1, 7, 50]), random.Next(2) == 0);
            if (random.Next(4) == 0)
            {
                var filter = new RandomFilter(random, RandomFilter.Execution).Next();
                await CompareAsync(gateway.Client, $"executions?", filter, order, size, executions, FilterVocabulary.Executions,
                    (node, field) => ExecutionFilter.ValueOf(node, field, null, RandomRecords.Workspace));
            }
            else
            {
                var filter = new RandomFilter(random, RandomFilter.Artifact).Next();
                await CompareAsync(gateway.Client, $"artifacts?showDeleted={(showDeleted ? "true" : "false")}&", filter, order, size,
                    artifacts.Where(node => showDeleted || !ArtifactIdentity.IsDeleted(node)), FilterVocabulary.Artifacts,
                    (node, field) => ArtifactFilter.ValueOf(node, field, null, RandomRecords.Workspace));
            }
        }
    }

    private static async Task CompareAsync<TNode>(
        HttpClient client, string list, string filter, string order, int size, IEnumerable<TNode> stored, FilterVocabulary vocabulary,
        Func<TNode, FilterField, object?> valueOf)
        where TNode : class
    {
        FilterExpression expression;
        try
        {
            expression = new FilterGrammar(vocabulary).Parse(filter);
        }
        catch (FilterFault)
        {
            // A literal that no such field can hold.
            return;
        }

        Assert.True(NodeOrder.TryParse(order, out var parsed));
        var expected = parsed.Sort(stored.Where(node => FilterEvaluator.Selects(expression, field => valueOf(node, field)))).Select(node => parsed.PositionOf(node).Id);

        var actual = await IdsOfAllPages(client, $"{HttpJson.Api}/workspaces/{RandomRecords.Workspace}/{list}orderBy={Uri.EscapeDataString(order)}&filter={Uri.EscapeDataString(filter)}&pageSize={size}");

        Assert.True(expected.SequenceEqual(actual), $"seed {Seed}, {list} {order}, pages of {size}: {filter}\nexpected {string.Join(' ', expected)}\nactual   {string.Join(' ', actual)}");
    }

    private static async Task<IReadOnlyList<long>> IdsOfAllPages(HttpClient client, string list)
    {
        var ids = new List<long>();
        string? token = null;
        do
        {
            var page = (await client.GetJson(token is null ? list : $"{list}&pageToken={token}")).Expect(HttpStatusCode.OK);
            ids.AddRange(page["items"]!.AsArray().Select(item => long.Parse((string)item!["id"]!, CultureInfo.InvariantCulture)));
            token = (string?)page["nextPageToken"];
        }
        while (token is not null);

        return ids;
    }
}
