using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;
using MlMetadata;

namespace MetadataGateway.Tests.Workspaces;

public sealed class PutWorkspaceTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Fact]
    public async Task PutWorkspace_ThatIsNew_Returns201AndWhatAGetGives()
    {
        var answer = await gateway.Client.PutJson($"{Workspaces}/put%2Fnew", """{"description": "d", "labels": {"a": "b"}}""");

        answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"{Workspaces}/put%2Fnew", answer.Location);
        var read = await gateway.Client.GetJson(answer.Location!);
        Assert.Equal((read.Text, read.ETag), (answer.Text, answer.ETag));
        Assert.Equal("put/new", (string?)read["name"]);
    }

    [Fact]
    public async Task PutWorkspace_ThatExists_ReplacesDescriptionAndLabels()
    {
        await gateway.Client.PutJson($"{Workspaces}/replaced", """{"description": "d", "labels": {"a": "1", "b": "2"}}""");

        var answer = await gateway.Client.PutJson($"{Workspaces}/replaced", """{"labels": {"b": "3", "c": "4"}}""");

        answer.Expect(HttpStatusCode.OK);
        Assert.Null(answer["description"]);
        Assert.Equal("""{"b":"3","c":"4"}""", answer["labels"].Raw());
        Assert.Equal((await gateway.Client.GetJson($"{Workspaces}/replaced")).Text, answer.Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"description": null, "labels": null}""")]
    [InlineData("""{"description": "", "labels": {}, "name": "", "id": null, "etag": null}""")]
    public async Task PutWorkspace_WithNothing_RemovesBoth(string body)
    {
        await gateway.Client.PutJson($"{Workspaces}/emptied", """{"description": "d", "labels": {"a": "1"}}""");

        var answer = await gateway.Client.PutJson($"{Workspaces}/emptied", body);

        Assert.Empty((await gateway.Store.GetContext((string?)answer.Expect(HttpStatusCode.OK)["id"])).Properties);
    }

    [Fact]
    public async Task PutWorkspace_Twice_ChangesNothing()
    {
        const string Body = """{"description": "d", "labels": {"a": "1"}}""";
        var first = await gateway.Client.PutJson($"{Workspaces}/twice", Body);

        var second = await gateway.Client.PutJson($"{Workspaces}/twice", Body);

        Assert.Equal((HttpStatusCode.OK, first.Text), (second.Status, second.Text));
    }

    [Fact]
    public async Task PutWorkspace_OfWhatAGetGave_IsAccepted()
    {
        await gateway.Store.PutContext("kubeflow.org/alpha/workspace", new Context
        {
            Name = "odd",
            Properties = { ["labels"] = StoredNodes.Text("""["a", NaN]"""), ["description"] = StoredNodes.Text("") },
            CustomProperties = { ["theirs"] = new Value { IntValue = 1 } },
        });
        var read = await gateway.Client.GetJson($"{Workspaces}/odd");
        var stored = await gateway.Store.GetContext((string?)read["id"]);

        var answer = await gateway.Client.PutJson($"{Workspaces}/odd", read.Text);

        Assert.Equal((HttpStatusCode.OK, read.Text), (answer.Status, answer.Text));
        Assert.Equal(stored, await gateway.Store.GetContext((string?)read["id"]));
    }

    [Fact]
    public async Task PutWorkspace_Always_KeepsTheCustomPropertiesOfOthers()
    {
        var id = await gateway.Store.PutContext(
            "kubeflow.org/alpha/workspace", new Context { Name = "others", ExternalId = "their id", CustomProperties = { ["theirs"] = StoredNodes.Text("x") } });

        (await gateway.Client.PutJson($"{Workspaces}/others", """{"description": "ours"}""")).Expect(HttpStatusCode.OK);

        var context = await gateway.Store.GetContext(id);
        Assert.Equal(("their id", "x", "ours"), (context.ExternalId, context.CustomProperties["theirs"].StringValue, context.Properties["description"].StringValue));
    }

    [NeedsFact(StoreAbility.LongNames)]
    public async Task PutWorkspace_WithALongNameOfAnotherClient_ChangesIt()
    {
        var name = new string('n', 300);
        await gateway.Store.PutContext("kubeflow.org/alpha/workspace", new Context { Name = name });

        var answer = await gateway.Client.PutJson($"{Workspaces}/{name}", """{"description": "d"}""");

        Assert.Equal("d", (string?)answer.Expect(HttpStatusCode.OK)["description"]);
    }

    [Fact]
    public async Task PutWorkspace_CreateOnly_Returns412WhenItExists()
    {
        var first = await gateway.Client.PutJson($"{Workspaces}/once", """{"description": "d"}""", ("If-None-Match", "*"));

        var second = await gateway.Client.PutJson($"{Workspaces}/once", """{"description": "e"}""", ("If-None-Match", "*"));

        first.Expect(HttpStatusCode.Created);
        second.ExpectProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal("d", (string?)(await gateway.Client.GetJson($"{Workspaces}/once"))["description"]);
    }

    [Fact]
    public async Task PutWorkspace_WithIfMatch_ChangesOnlyTheStateThatItNames()
    {
        var first = await gateway.Client.PutJson($"{Workspaces}/matched", """{"description": "1"}""");

        var second = await gateway.Client.PutJson($"{Workspaces}/matched", """{"description": "2"}""", ("If-Match", first.ETag!));
        var third = await gateway.Client.PutJson($"{Workspaces}/matched", """{"description": "3"}""", ("If-Match", first.ETag!));
        var missing = await gateway.Client.PutJson($"{Workspaces}/matched-not", """{}""", ("If-Match", "*"));

        second.Expect(HttpStatusCode.OK);
        third.ExpectProblem(HttpStatusCode.PreconditionFailed);
        missing.ExpectProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal(second.Text, (await gateway.Client.GetJson($"{Workspaces}/matched")).Text);
    }

    [Theory]
    [InlineData("If-Match", "abc")]
    [InlineData("If-Match", "\"a\" \"b\"")]
    [InlineData("If-None-Match", "abc")]
    public async Task PutWorkspace_WithAHeaderThatIsNoListOfTags_Returns400(string name, string value)
    {
        await gateway.Client.PutJson($"{Workspaces}/tags", "{}");

        var answer = await gateway.Client.PutJson($"{Workspaces}/tags", "{}", (name, value));

        answer.ExpectProblem(HttpStatusCode.BadRequest, name);
    }

    [Theory]
    [InlineData("new", """{"id": "1"}""", "id")]
    [InlineData("new", """{"name": "other"}""", "name")]
    [InlineData("new", """{"etag": "\"x\"", "createTime": "2026-01-01T00:00:00.000Z"}""", "createTime", "etag")]
    [InlineData("new", """{"workspace": "new"}""", "workspace")]
    [InlineData("new", """{"labels": {"a": 1, "b.c": true}}""", "labels.a", "labels['b.c']")]
    [InlineData("new", """{"description": "mlmd-struct::x"}""", "description")]
    [InlineData("new", """{"description": 1}""", "description")]
    [InlineData("new", """{"reuseIfExists": true}""", "reuseIfExists")]
    [InlineData("%20new", "{}", "name")]
    [InlineData("new%0A", "{}", "name")]
    public async Task PutWorkspace_WithBadNameOrBody_Returns400AndMakesNothing(string name, string body, params string[] paths)
    {
        var answer = await gateway.Client.PutJson($"{Workspaces}/{name}", body);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
        (await gateway.Client.GetJson($"{Workspaces}/{name}")).Expect(HttpStatusCode.NotFound);
    }
}
