using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Contexts;

public sealed class ListContextsTests : IDisposable
{
    private const string Contexts = $"{HttpJson.Api}/contexts";
    private readonly GatewayFactory _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task ListContexts_OfAllTypes_GivesWorkspacesRunsAndOthersButNotTheGatewaysOwn()
    {
        await _gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "team"}""");
        await _gateway.Client.PostJson($"{HttpJson.Api}/workspaces/team/runs", """{"name": "run-1"}""");
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("metadata-gateway/other"), "marker");
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("system.PipelineRun"), "pipeline run");

        var answer = await _gateway.Client.GetJson(Contexts);

        Assert.Equal(
            ["kubeflow.org/alpha/workspace", "kubeflow.org/alpha/run", "system.PipelineRun"],
            answer.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string?)item!["type"]));
        Assert.Equal("""{"examined":4,"complete":true}""", answer["scan"]!.ToJsonString());
    }

    [Fact]
    public async Task ListContexts_OfOneType_GivesItsVersionOnly()
    {
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("acme/x"), "plain");
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("acme/x", "2"), "versioned");

        var plain = await _gateway.Client.GetJson($"{Contexts}?type=acme/x");
        var versioned = await _gateway.Client.GetJson($"{Contexts}?type=acme%2Fx&version=2");

        Assert.Equal("plain", (string?)plain.Expect(HttpStatusCode.OK)["items"]!.AsArray().Single()!["name"]);
        Assert.Equal("versioned", (string?)versioned.Expect(HttpStatusCode.OK)["items"]!.AsArray().Single()!["name"]);
        Assert.Null(plain["scan"]);
    }

    [Theory]
    [InlineData("type=unknown")]
    [InlineData("type=acme/x&version=9")]
    [InlineData("type=ACME/X")]
    [InlineData("type=metadata-gateway/other")]
    public async Task ListContexts_OfATypeThatIsNotThere_IsEmpty(string query)
    {
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("acme/x"), "plain");
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("metadata-gateway/other"), "marker");

        var answer = await _gateway.Client.GetJson($"{Contexts}?{query}");

        Assert.Equal("""{"items":[]}""", answer.Expect(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("", "0,1,2,3,4,5,6")]
    [InlineData("?orderBy=id%20desc", "6,5,4,3,2,1,0")]
    [InlineData("?orderBy=updateTime%20desc", "0,6,5,4,3,2,1")]
    [InlineData("?type=paged&orderBy=createTime", "0,1,2,3,4,5,6")]
    public async Task ListContexts_InPages_GivesEachOnceInOrder(string query, string expected)
    {
        var typeId = await _gateway.Store.PutContextTypeAsync("paged");
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await _gateway.Store.PutContextAsync(typeId, $"{i}"));
        }

        await UpdateLaterThanAsync(typeId, ids[0], ids[^1]);

        var names = await _gateway.Client.NamesOfAllPages($"{Contexts}{query}", pageSize: 3);

        Assert.Equal(expected, string.Join(',', names));
    }

    [Theory]
    [InlineData("?filter=description%20=%20'first'", "team")]
    [InlineData("?filter=labels.tier%20=%20'gold'%20AND%20id%20>%200", "team")]
    [InlineData("?type=system.PipelineRun&filter=name%20LIKE%20'p%25'", "pipeline run")]
    [InlineData("?filter=name%20LIKE%20'marker%25'", "")]
    public async Task ListContexts_WithFilter_GivesThoseOfAnyType(string query, string expected)
    {
        await _gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "team", "description": "first", "labels": {"tier": "gold"}}""");
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("metadata-gateway/other"), "marker");
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("system.PipelineRun"), "pipeline run");
        await _gateway.Store.PutContextAsync(await _gateway.Store.PutContextTypeAsync("system.PipelineRun"), "other run");

        var names = await _gateway.Client.NamesOfAllPages($"{Contexts}{query}", pageSize: 1);

        Assert.Equal(expected, string.Join(',', names));
    }

    [Theory]
    [InlineData("filter=kind%20=%20'model'", "filter")]
    [InlineData("version=1", "version")]
    [InlineData("orderBy=name", "orderBy")]
    [InlineData("types=x", "types")]
    [InlineData("pageSize=1001", "pageSize")]
    public async Task ListContexts_WithBadParameter_Returns400(string query, string path)
    {
        var answer = await _gateway.Client.GetJson($"{Contexts}?{query}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, path);
    }

    // Times are milliseconds, so that an update may fall into the same one.
    private async Task UpdateLaterThanAsync(long typeId, long id, long other)
    {
        for (var n = 0; ; n++)
        {
            await _gateway.Store.PutContextAsync(typeId, "0", context =>
            {
                context.Id = id;
                context.Properties["n"] = new Value { IntValue = n };
            });
            var stored = (await _gateway.Store.GetContextsByIDAsync(new() { ContextIds = { id, other } })).Contexts;
            if (stored.Single(context => context.Id == id).LastUpdateTimeSinceEpoch > stored.Single(context => context.Id == other).LastUpdateTimeSinceEpoch)
            {
                return;
            }
        }
    }
}
