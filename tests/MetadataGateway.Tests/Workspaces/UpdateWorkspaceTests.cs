using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Workspaces;

public sealed class UpdateWorkspaceTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Theory]
    [InlineData("1", """{"description": "new"}""", "new", """{"a":"1","b":"2"}""")]
    [InlineData("2", """{"description": null}""", null, """{"a":"1","b":"2"}""")]
    [InlineData("3", """{"description": ""}""", null, """{"a":"1","b":"2"}""")]
    [InlineData("4", """{"labels": {"a": null, "c": "3"}}""", "old", """{"b":"2","c":"3"}""")]
    [InlineData("5", """{"labels": {"b": "", "missing": null}}""", "old", """{"a":"1","b":""}""")]
    [InlineData("6", """{"labels": null}""", "old", "{}")]
    [InlineData("7", """{"labels": {}}""", "old", """{"a":"1","b":"2"}""")]
    [InlineData("8", "{}", "old", """{"a":"1","b":"2"}""")]
    public async Task UpdateWorkspace_WithAMergePatch_ChangesWhatItNames(string name, string patch, string? description, string labels)
    {
        await gateway.Client.PutJson($"{Workspaces}/patched-{name}", """{"description": "old", "labels": {"a": "1", "b": "2"}}""");

        var answer = await gateway.Client.PatchJson($"{Workspaces}/patched-{name}", patch, ("Content-Type", "application/merge-patch+json"));

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal((description, labels), ((string?)answer["description"], answer["labels"].Raw()));
        Assert.Equal((await gateway.Client.GetJson($"{Workspaces}/patched-{name}")).Text, answer.Text);
    }

    [Fact]
    public async Task UpdateWorkspace_WithWhatAGetGave_ChangesNothing()
    {
        var id = await gateway.Store.PutContext("kubeflow.org/alpha/workspace", new Context
        {
            Name = "odd",
            Properties = { ["labels"] = StoredNodes.Text("""{"n": 1.0,  "o": {"x": null}, "p": null}"""), ["description"] = StoredNodes.Text("") },
        });
        var stored = await gateway.Store.GetContext(id);
        var read = await gateway.Client.GetJson($"{Workspaces}/odd");

        var answer = await gateway.Client.PatchJson($"{Workspaces}/odd", read.Text.Replace(""","p":null""", "", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, read.Text), (answer.Status, answer.Text));
        Assert.Equal(stored, await gateway.Store.GetContext(id));
    }

    [Fact]
    public async Task UpdateWorkspace_OfLabelsOfAnotherForm_KeepsTheOthers()
    {
        var id = await gateway.Store.PutContext(
            "kubeflow.org/alpha/workspace", new Context { Name = "forms", Properties = { ["labels"] = StoredNodes.Text("""{"n": 1.0, "z": NaN, "a": "x"}""") } });

        (await gateway.Client.PatchJson($"{Workspaces}/forms", """{"labels": {"b": "y"}}""")).Expect(HttpStatusCode.OK);

        Assert.Equal("""{"n": 1.0, "z": NaN, "a": "x", "b": "y"}""", (await gateway.Store.GetContext(id)).Properties["labels"].StringValue);
    }

    [Theory]
    [InlineData("""{"name": "other"}""", "name")]
    [InlineData("""{"name": null}""", "name")]
    [InlineData("""{"id": "999999", "etag": "x"}""", "etag", "id")]
    [InlineData("""{"labels": {"a": 1, "b": ["x"]}}""", "labels.a", "labels.b")]
    [InlineData("""{"labels": []}""", "labels")]
    [InlineData("""{"description": "__MLMD_NULL__", "labels": {"a": "x\u0000"}}""", "description", "labels.a")]
    [InlineData("""{"lables": {}}""", "lables")]
    [InlineData("""{"workspace": "w"}""", "workspace")]
    public async Task UpdateWorkspace_WithBadPatch_Returns400AndChangesNothing(string patch, params string[] paths)
    {
        await gateway.Client.PutJson($"{Workspaces}/kept", """{"description": "d"}""");
        var before = await gateway.Client.GetJson($"{Workspaces}/kept");

        var answer = await gateway.Client.PatchJson($"{Workspaces}/kept", patch);

        answer.ExpectProblem(HttpStatusCode.BadRequest, paths);
        Assert.Equal(before.Text, (await gateway.Client.GetJson($"{Workspaces}/kept")).Text);
    }

    [Fact]
    public async Task UpdateWorkspace_WithIfMatch_ChangesOnlyTheStateThatItNames()
    {
        var created = await gateway.Client.PutJson($"{Workspaces}/matched", "{}");

        var first = await gateway.Client.PatchJson($"{Workspaces}/matched", """{"description": "1"}""", ("If-Match", $"\"x\", {created.ETag}"));
        var second = await gateway.Client.PatchJson($"{Workspaces}/matched", """{"description": "2"}""", ("If-Match", created.ETag!));
        var weak = await gateway.Client.PatchJson($"{Workspaces}/matched", """{"description": "2"}""", ("If-Match", $"W/{first.ETag}"));

        first.Expect(HttpStatusCode.OK);
        second.ExpectProblem(HttpStatusCode.PreconditionFailed);
        weak.ExpectProblem(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task UpdateWorkspace_OfDifferentLabelsAtOnce_KeepsAll()
    {
        await gateway.Client.PutJson($"{Workspaces}/busy", "{}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            gateway.Client.PatchJson($"{Workspaces}/busy", $$$"""{"labels": {"l{{{i}}}": "{{{i}}}"}}""")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        Assert.Equal(16, (await gateway.Client.GetJson($"{Workspaces}/busy"))["labels"]!.AsObject().Count);
    }

    [Fact]
    public async Task UpdateWorkspace_ThatDoesNotExist_Returns404() =>
        (await gateway.Client.PatchJson($"{Workspaces}/nowhere", """{"description": "d"}""")).ExpectProblem(HttpStatusCode.NotFound);
}
