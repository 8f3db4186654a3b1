using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Contexts;

/// <summary>The lists below a context: its artifacts, executions, parents and children.</summary>
public sealed class ContextMembersTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Fact]
    public async Task ListContextArtifacts_LeavesOutDeletedOnesAndThoseOfOthers()
    {
        var typeId = await gateway.Store.PutContextTypeAsync("group");
        var context = await gateway.Store.PutContextAsync(typeId, "artifacts");
        var live = await gateway.Store.PutArtifactAsync(context);
        var marked = await gateway.Store.PutArtifactAsync(context, Artifact.Types.State.MarkedForDeletion);
        var deleted = await gateway.Store.PutArtifactAsync(context, Artifact.Types.State.Deleted);
        var pending = await gateway.Store.PutArtifactAsync(context, Artifact.Types.State.Pending);
        await gateway.Store.PutArtifactAsync(await gateway.Store.PutContextAsync(typeId, "others"));

        var answer = await gateway.Client.GetJson(Path(context, "artifacts?orderBy=id%20desc"));
        var all = await gateway.Client.GetJson(Path(context, "artifacts?showDeleted=true"));

        Assert.Equal([pending.Text(), live.Text()], Ids(answer));
        Assert.Equal([live.Text(), marked.Text(), deleted.Text(), pending.Text()], Ids(all));
        Assert.Equal((await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{live}")).Json!.ToJsonString(), answer["items"]![1]!.ToJsonString());
    }

    [Fact]
    public async Task ListContextExecutions_InPages_GivesEachOnceAsARead()
    {
        var context = await gateway.Store.PutContextAsync(await gateway.Store.PutContextTypeAsync("group"), "executions");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await gateway.Store.PutExecutionAsync(context)).Text());
        }

        var first = await gateway.Client.GetJson(Path(context, "executions?pageSize=4"));
        var second = await gateway.Client.GetJson(Path(context, $"executions?pageSize=4&pageToken={first["nextPageToken"]}"));

        Assert.Equal(ids, [.. Ids(first), .. Ids(second)]);
        Assert.Null(second["nextPageToken"]);
        Assert.Equal((await gateway.Client.GetJson($"{HttpJson.Api}/executions/{ids[0]}")).Json!.ToJsonString(), first["items"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task ListContextMembers_WithFilter_GiveThoseThatItSelects()
    {
        var typeId = await gateway.Store.PutContextTypeAsync("group");
        var context = await gateway.Store.PutContextAsync(typeId, "filtered");
        await gateway.Store.PutArtifactAsync(context);
        var pending = await gateway.Store.PutArtifactAsync(context, Artifact.Types.State.Pending);
        var execution = await gateway.Store.PutExecutionAsync(context);
        var child = await gateway.Store.PutContextAsync(typeId, "chosen");
        await gateway.Store.PutParentAsync(child, context);
        await gateway.Store.PutParentAsync(await gateway.Store.PutContextAsync(typeId, "not chosen"), context);

        var artifacts = await gateway.Client.GetJson(Path(context, "artifacts?filter=state%20=%20'PENDING'%20AND%20workspace%20IS%20NULL"));
        var executions = await gateway.Client.GetJson(Path(context, "executions?filter=type%20=%20'doing'"));
        var children = await gateway.Client.GetJson(Path(context, "children?filter=name%20=%20'chosen'"));

        Assert.Equal([pending.Text()], Ids(artifacts));
        Assert.Equal([execution.Text()], Ids(executions));
        Assert.Equal([child.Text()], Ids(children));
        Assert.Equal("""{"examined":2,"complete":true}""", children["scan"]!.ToJsonString());
    }

    [Fact]
    public async Task ListContextArtifacts_OfAWorkspaceOfTheSdk_SaysTheWorkspace()
    {
        var workspace = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "team"}""");
        var id = long.Parse((string)workspace["id"]!, null);
        await gateway.Store.PutArtifactAsync(id);
        await gateway.Store.PutExecutionAsync(id);

        var artifacts = await gateway.Client.GetJson(Path(id, "artifacts"));
        var executions = await gateway.Client.GetJson(Path(id, "executions"));

        Assert.Equal("team", (string?)artifacts["items"]!.AsArray().Single()!["workspace"]);
        Assert.Equal("team", (string?)executions["items"]!.AsArray().Single()!["workspace"]);
    }

    [Theory]
    [InlineData("workspace%20=%20'far'", 1)]
    [InlineData("workspace%20IS%20NULL", 0)]
    public async Task ListContextMembers_FilteredByWorkspace_LookItUpWhereTheRecordDoesNotSayIt(string filter, int expected)
    {
        var workspace = long.Parse((string)(await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "far"}"""))["id"]!, null);
        var context = await gateway.Store.PutContextAsync(await gateway.Store.PutContextTypeAsync("group"), $"near {expected}");
        var artifact = await gateway.Store.PutArtifactAsync(workspace);
        var execution = await gateway.Store.PutExecutionAsync(workspace);
        await gateway.Store.PutAttributionsAndAssociationsAsync(new()
        {
            Attributions = { new Attribution { ContextId = context, ArtifactId = artifact } },
            Associations = { new Association { ContextId = context, ExecutionId = execution } },
        });

        var artifacts = await gateway.Client.GetJson(Path(context, $"artifacts?filter={filter}"));
        var executions = await gateway.Client.GetJson(Path(context, $"executions?filter={filter}"));

        Assert.Equal(Enumerable.Repeat("far", expected), artifacts["items"]!.AsArray().Select(item => (string?)item!["workspace"]));
        Assert.Equal(Enumerable.Repeat("far", expected), executions["items"]!.AsArray().Select(item => (string?)item!["workspace"]));
    }

    [Fact]
    public async Task ListRelatedContexts_GiveDirectOnesInOrderAndPages()
    {
        var typeId = await gateway.Store.PutContextTypeAsync("family");
        var hidden = await gateway.Store.PutContextTypeAsync("metadata-gateway/state");
        var names = new[] { "grandparent", "parent 1", "child", "parent 2", "parent 3" };
        var ids = new Dictionary<string, long>();
        foreach (var name in names)
        {
            ids[name] = await gateway.Store.PutContextAsync(typeId, name);
        }

        await gateway.Store.PutParentAsync(ids["parent 1"], ids["grandparent"]);
        foreach (var parent in new[] { ids["parent 3"], ids["parent 1"], ids["parent 2"], await gateway.Store.PutContextAsync(hidden, "state") })
        {
            await gateway.Store.PutParentAsync(ids["child"], parent);
        }

        var first = await gateway.Client.GetJson(Path(ids["child"], "parents?orderBy=id%20desc&pageSize=2"));
        var second = await gateway.Client.GetJson(Path(ids["child"], $"parents?orderBy=id%20desc&pageSize=2&pageToken={first["nextPageToken"]}"));
        var children = await gateway.Client.GetJson(Path(ids["parent 1"], "children"));
        var none = await gateway.Client.GetJson(Path(ids["child"], "children"));

        Assert.Equal([ids["parent 3"].Text(), ids["parent 2"].Text(), ids["parent 1"].Text()], [.. Ids(first), .. Ids(second)]);
        Assert.Null(second["nextPageToken"]);
        Assert.Equal([ids["child"].Text()], Ids(children));
        Assert.Equal("""{"items":[]}""", none.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task ListRelatedContexts_OfAWorkspace_AreItsRuns()
    {
        var workspace = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "with runs"}""");
        var run = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/with%20runs/runs", """{"name": "run-1"}""");

        var children = await gateway.Client.GetJson($"{HttpJson.Api}/contexts/{workspace["id"]}/children");
        var parents = await gateway.Client.GetJson($"{HttpJson.Api}/contexts/{run["id"]}/parents");

        Assert.Equal([(string)run["id"]!], Ids(children));
        Assert.Equal("kubeflow.org/alpha/run", (string?)children["items"]![0]!["type"]);
        Assert.Equal([(string)workspace["id"]!], Ids(parents));
    }

    [Fact]
    public async Task ListContextMembers_WithTokenOfAnotherContext_Returns400()
    {
        var typeId = await gateway.Store.PutContextTypeAsync("group");
        var (one, other) = (await gateway.Store.PutContextAsync(typeId, "one"), await gateway.Store.PutContextAsync(typeId, "other"));
        await gateway.Store.PutExecutionAsync(one);
        await gateway.Store.PutExecutionAsync(one);
        var token = (string?)(await gateway.Client.GetJson(Path(one, "executions?pageSize=1")))["nextPageToken"];

        var answer = await gateway.Client.GetJson(Path(other, $"executions?pageSize=1&pageToken={token}"));

        answer.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
    }

    private static string Path(long context, string rest) => $"{HttpJson.Api}/contexts/{context}/{rest}";

    private static IEnumerable<string> Ids(Answer answer) => answer.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => (string)item!["id"]!);
}
