using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Http;

public sealed class ConditionalRequestTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    private static readonly string[] Malformed = ["", "abc", "\"a", "W/abc", "\"a\" \"b\"", "*, \"a\"", "\"a\",, b", "'a'"];

    public static TheoryData<string> MalformedHeaders => [.. Malformed];

    [Fact]
    public async Task Get_AnySingleResource_HasOneStrongTagInHeaderAndBody()
    {
        await gateway.Client.PutJson($"{Workspaces}/tags", "{}");
        var run = await gateway.Client.PutJson($"{Workspaces}/tags/runs/r", "{}");
        var execution = await gateway.Client.PostJson($"{Workspaces}/tags/executions", """{"name": "e", "outputs": [{"kind": "model", "name": "m", "uri": "u"}]}""");

        var answers = new[]
        {
            run, execution, await gateway.Client.GetJson($"{Workspaces}/tags"), await gateway.Client.GetJson($"{Workspaces}/tags/runs/r"),
            await gateway.Client.GetJson($"{HttpJson.Api}/executions/{execution["id"]}"),
            await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{execution["outputs"]![0]!["artifact"]!["id"]}"),
        };

        Assert.All(answers, answer =>
        {
            Assert.Matches("^\"[!#-~]+\"$", answer.ETag);
            Assert.Equal((string?)answer["etag"], answer.ETag);
        });
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("*")]
    [InlineData("\"other\", {0}")]
    [InlineData("W/\"other\" ,W/{0},\"third\"")]
    public async Task Get_IfNoneMatchNamesTheTag_Returns304WithoutBody(string header)
    {
        var stored = await gateway.Client.PutJson($"{Workspaces}/unchanged", "{}");

        var answer = await gateway.Client.GetJson($"{Workspaces}/unchanged", ("If-None-Match", header.Replace("{0}", stored.ETag, StringComparison.Ordinal)));

        answer.Expect(HttpStatusCode.NotModified);
        Assert.Equal(stored.ETag, answer.ETag);
        Assert.Empty(answer.Text);
    }

    [Theory]
    [InlineData("\"other\"")]
    [InlineData("\"\"")]
    [InlineData("\"a,b\", W/\"c\"")]
    public async Task Get_IfNoneMatchNamesOthers_Returns200(string header)
    {
        await gateway.Client.PutJson($"{Workspaces}/changed", "{}");

        var answer = await gateway.Client.GetJson($"{Workspaces}/changed", ("If-None-Match", header));

        answer.Expect(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(MalformedHeaders))]
    public async Task Send_MalformedHeader_Returns400(string header)
    {
        await gateway.Client.PutJson($"{Workspaces}/malformed", "{}");

        var read = await gateway.Client.GetJson($"{Workspaces}/malformed", ("If-None-Match", header));
        var change = await gateway.Client.PatchJson($"{Workspaces}/malformed", """{"description": "changed"}""", ("If-Match", header));
        var declaration = await gateway.Client.PutJson($"{Workspaces}/malformed", """{"description": "changed"}""", ("If-None-Match", header));

        read.ExpectProblem(HttpStatusCode.BadRequest, "If-None-Match");
        change.ExpectProblem(HttpStatusCode.BadRequest, "If-Match");
        declaration.ExpectProblem(HttpStatusCode.BadRequest, "If-None-Match");
        Assert.Null((string?)(await gateway.Client.GetJson($"{Workspaces}/malformed"))["description"]);
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("*", true)]
    [InlineData("\"other\", {0}", true)]
    [InlineData("W/{0}", false)]
    [InlineData("\"other\"", false)]
    public async Task Patch_IfMatch_ComparesStrongly(string header, bool matches)
    {
        var stored = await gateway.Client.PutJson($"{Workspaces}/matched", "{}");

        var answer = await gateway.Client.PatchJson(
            $"{Workspaces}/matched", """{"labels": {"a": "b"}}""", ("If-Match", header.Replace("{0}", stored.ETag, StringComparison.Ordinal)));

        if (matches)
        {
            answer.Expect(HttpStatusCode.OK);
        }
        else
        {
            answer.ExpectProblem(HttpStatusCode.PreconditionFailed);
            Assert.Equal("FAILED_PRECONDITION", (string?)answer["code"]);
        }
    }

    [Fact]
    public async Task Put_IfMatchOnSomethingMissing_Returns412AndCreatesNothing()
    {
        var any = await gateway.Client.PutJson($"{Workspaces}/missing", "{}", ("If-Match", "*"));
        var tag = await gateway.Client.PutJson($"{Workspaces}/missing", "{}", ("If-Match", "\"a\""));

        any.ExpectProblem(HttpStatusCode.PreconditionFailed);
        tag.ExpectProblem(HttpStatusCode.PreconditionFailed);
        (await gateway.Client.GetJson($"{Workspaces}/missing")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Put_IfNoneMatchStar_OnlyCreates()
    {
        var first = await gateway.Client.PutJson($"{Workspaces}/once", """{"description": "first"}""", ("If-None-Match", "*"));
        var second = await gateway.Client.PutJson($"{Workspaces}/once", """{"description": "second"}""", ("If-None-Match", "*"));

        first.Expect(HttpStatusCode.Created);
        second.ExpectProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal("first", (string?)(await gateway.Client.GetJson($"{Workspaces}/once"))["description"]);
    }

    [Fact]
    public async Task Get_ExecutionInFullView_IgnoresIfNoneMatch()
    {
        await gateway.Client.PutJson($"{Workspaces}/views", "{}");
        var created = await gateway.Client.PostJson($"{Workspaces}/views/executions", """{"name": "e"}""");
        var path = $"{HttpJson.Api}/executions/{created["id"]}";

        var plain = await gateway.Client.GetJson(path, ("If-None-Match", created.ETag!));
        var full = await gateway.Client.GetJson($"{path}?view=full", ("If-None-Match", created.ETag!));
        var malformed = await gateway.Client.GetJson($"{path}?view=full", ("If-None-Match", "abc"));

        plain.Expect(HttpStatusCode.NotModified);
        full.Expect(HttpStatusCode.OK);
        Assert.Equal(created.ETag, full.ETag);
        malformed.Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Link_ToAnExecution_DoesNotChangeItsTag()
    {
        await gateway.Client.PutJson($"{Workspaces}/linked", "{}");
        var created = await gateway.Client.PostJson($"{Workspaces}/linked/executions", """{"name": "e"}""");
        var path = $"{HttpJson.Api}/executions/{created["id"]}";

        (await gateway.Client.PostJson($"{path}/outputs", """{"kind": "model", "name": "m", "uri": "u"}""")).Expect(HttpStatusCode.Created);

        Assert.Equal(created.ETag, (await gateway.Client.GetJson(path)).ETag);
        (await gateway.Client.PatchJson(path, """{"state": "COMPLETE"}""", ("If-Match", created.ETag!))).Expect(HttpStatusCode.OK);
    }
}
