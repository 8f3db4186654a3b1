using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Workspaces;

public sealed class GetWorkspaceTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";
    private const string TypeName = "kubeflow.org/alpha/workspace";

    [Fact]
    public async Task GetWorkspace_OfNamesThatDifferInEscapes_TellsThemApart()
    {
        var slash = await gateway.Client.PostJson(Workspaces, """{"name": "x/y"}""");
        var percent = await gateway.Client.PostJson(Workspaces, """{"name": "x%2Fy"}""");

        var bySlash = await gateway.Client.GetJson($"{Workspaces}/x%2Fy");
        var byPercent = await gateway.Client.GetJson($"{Workspaces}/x%252Fy");

        Assert.Equal((string?)slash["id"], (string?)bySlash["id"]);
        Assert.Equal((string?)percent["id"], (string?)byPercent["id"]);
    }

    [Fact]
    public async Task GetWorkspace_WithPlusInThePath_TakesItAsItStands()
    {
        await gateway.Client.PostJson(Workspaces, """{"name": "c++"}""");

        var answer = await gateway.Client.GetJson($"{Workspaces}/c++");

        answer.Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task GetWorkspace_ThatDoesNotExist_Returns404()
    {
        var answer = await gateway.Client.GetJson($"{Workspaces}/nowhere");

        answer.ExpectProblem(HttpStatusCode.NotFound);
        Assert.Equal("NOT_FOUND", (string?)answer["code"]);
    }

    [Fact]
    public async Task GetWorkspace_WithItsTag_Returns304()
    {
        var created = await gateway.Client.PostJson(Workspaces, """{"name": "cached"}""");

        var answer = await gateway.Client.GetJson($"{Workspaces}/cached", ("If-None-Match", $"\"other\", W/{created.ETag}"));

        answer.Expect(HttpStatusCode.NotModified);
        Assert.Equal(created.ETag, answer.ETag);
        Assert.Empty(answer.Text);
    }

    [Fact]
    public async Task GetWorkspace_OfTheSdk_ShowsDescriptionAndLabels()
    {
        await gateway.Store.PutContext(TypeName, new Context
        {
            Name = "workspace_1",
            Properties = { ["description"] = StoredNodes.Text("a workspace for testing"), ["labels"] = StoredNodes.Text("""{"n1": "v1"}""") },
        });

        var answer = await gateway.Client.GetJson($"{Workspaces}/workspace_1");

        Assert.Equal("a workspace for testing", (string?)answer.Expect(HttpStatusCode.OK)["description"]);
        Assert.Equal("""{"n1":"v1"}""", answer["labels"].Raw());
    }

    [Theory]
    [InlineData("list", """["a", 1.0]""", """{"@value":["a",1.0]}""")]
    [InlineData("text", "\"a\"", """{"@value":"a"}""")]
    [InlineData("number", "NaN", """{"@double":"NaN"}""")]
    [InlineData("broken", "{'a': 1}", """{"@value":"{'a': 1}"}""")]
    [InlineData("empty", "", "{}")]
    [InlineData("null", "null", "{}")]
    [InlineData("mixed", """{"a": 1.0, "b": null, "c": [NaN]}""", """{"a":1.0,"b":null,"c":[{"@double":"NaN"}]}""")]
    public async Task GetWorkspace_WithLabelsThatAreNoTexts_ShowsThemAsAnObject(string name, string stored, string shown)
    {
        await gateway.Store.PutContext(TypeName, new Context { Name = $"labels {name}", Properties = { ["labels"] = StoredNodes.Text(stored) } });

        var answer = await gateway.Client.GetJson($"{Workspaces}/labels%20{name}");

        Assert.Equal(shown, answer.Expect(HttpStatusCode.OK)["labels"].Raw());
    }

    [Theory]
    [InlineData(300, 'n')]
    [InlineData(255, 'é')]
    public async Task GetWorkspace_WithALongNameOfAnotherClient_IsAddressable(int length, char character)
    {
        var name = new string(character, length);
        await gateway.Store.PutContext(TypeName, new Context { Name = name });

        var answer = await gateway.Client.GetJson($"{Workspaces}/{Uri.EscapeDataString(name)}");

        Assert.Equal(name, (string?)answer.Expect(HttpStatusCode.OK)["name"]);
    }
}
