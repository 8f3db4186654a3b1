using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Contexts;

public sealed class GetContextTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Contexts = $"{HttpJson.Api}/contexts";

    [Fact]
    public async Task GetContext_OfAnotherClient_ShowsAllButWhatIsHidden()
    {
        var id = await gateway.Store.PutContextAsync(await gateway.Store.PutContextTypeAsync("system.PipelineRun"), "run/1", context =>
        {
            context.ExternalId = "argo-7";
            context.Properties["n"] = new Value { IntValue = 9007199254740993 };
            context.Properties["__ALL_META__"] = new Value { StringValue = "{}" };
            context.CustomProperties["b"] = new Value { DoubleValue = 1 };
            context.CustomProperties["a"] = new Value { StringValue = "text" };
            context.CustomProperties["store_session_info"] = new Value { StringValue = "secret" };
            context.CustomProperties["__kf_workspace__"] = new Value { StringValue = "w" };
            context.CustomProperties["__kf_run__"] = new Value { StringValue = "r" };
            context.CustomProperties["metadata-gateway/run"] = new Value { StringValue = "r" };
        });

        var answer = await gateway.Client.GetJson($"{Contexts}/{id}");

        Assert.Equal((string?)answer.Expect(HttpStatusCode.OK)["etag"], answer.ETag);
        var stored = (await gateway.Store.GetContextsByIDAsync(new() { ContextIds = { id } })).Contexts[0];
        Assert.Equal(stored.CreateTimeSinceEpoch, DateTimeOffset.Parse((string)answer["createTime"]!, null).ToUnixTimeMilliseconds());
        var body = answer.Json!.AsObject();
        Assert.True(body.Remove("etag") && body.Remove("createTime") && body.Remove("updateTime"));
        Assert.Equal(
            $$$"""{"id":"{{{id}}}","type":"system.PipelineRun","name":"run/1","externalId":"argo-7","properties":"""
            + """{"n":{"@int":"9007199254740993"}},"customProperties":{"a":"text","b":1.0}}""",
            body.ToJsonString());
    }

    [Fact]
    public async Task GetContext_OfAWorkspace_IsItsContext()
    {
        var workspace = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "team", "description": "d", "labels": {"a": "b"}}""");

        var answer = await gateway.Client.GetJson($"{Contexts}/{workspace["id"]}");

        Assert.Equal("kubeflow.org/alpha/workspace", (string?)answer.Expect(HttpStatusCode.OK)["type"]);
        Assert.Equal("team", (string?)answer["name"]);
        Assert.Equal("d", (string?)answer["properties"]!["description"]);
        Assert.Equal((string?)workspace["createTime"], (string?)answer["createTime"]);
        Assert.Null(answer["externalId"]);
    }

    [Fact]
    public async Task GetContext_WithCurrentTag_Returns304()
    {
        var id = await gateway.Store.PutContextAsync(await gateway.Store.PutContextTypeAsync("tagged"), "tagged");
        var tag = (await gateway.Client.GetJson($"{Contexts}/{id}")).ETag!;

        var answer = await gateway.Client.GetJson($"{Contexts}/{id}", ("If-None-Match", tag));

        answer.Expect(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/artifacts")]
    [InlineData("/executions")]
    [InlineData("/parents")]
    [InlineData("/children")]
    public async Task GetContext_ThatIsNotThere_Returns404(string list)
    {
        var hidden = await gateway.Store.PutContextAsync(await gateway.Store.PutContextTypeAsync("metadata-gateway/other"), $"marker of {list}");

        foreach (var id in new[] { "999999", "0", "-1", "01", "x", "99999999999999999999", hidden.Text() })
        {
            var answer = await gateway.Client.GetJson($"{Contexts}/{id}{list}");

            answer.ExpectProblem(HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("POST", "")]
    [InlineData("PATCH", "/1")]
    [InlineData("DELETE", "/1/artifacts")]
    public async Task Contexts_AreReadOnly(string method, string path)
    {
        var answer = await gateway.Client.SendText(new HttpMethod(method), Contexts + path, "{}");

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["GET", "HEAD"], answer.Message.Content.Headers.Allow);
    }
}
