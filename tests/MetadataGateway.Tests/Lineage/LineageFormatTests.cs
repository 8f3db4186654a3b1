using System.Net;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Tests.Profiles;

namespace MetadataGateway.Tests.Lineage;

public sealed class LineageFormatTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("", null, "application/json")]
    [InlineData("", "*/*", "application/json")]
    [InlineData("", "application/json", "application/json")]
    [InlineData("", "text/html", "application/json")]
    [InlineData("", "text/vnd.graphviz", "text/vnd.graphviz")]
    [InlineData("", "text/vnd.mermaid", "text/vnd.mermaid")]
    [InlineData("", "TEXT/vnd.Mermaid; charset=utf-8", "text/vnd.mermaid")]
    [InlineData("", "text/plain, text/vnd.mermaid;q=0.8, */*;q=0.1", "text/vnd.mermaid")]
    [InlineData("", "text/vnd.graphviz;q=0.5, application/json", "application/json")]
    [InlineData("", "text/vnd.graphviz;q=0, */*", "application/json")]
    [InlineData("?format=json", "text/vnd.graphviz", "application/json")]
    [InlineData("?format=dot", "application/json", "text/vnd.graphviz")]
    [InlineData("?format=mermaid", null, "text/vnd.mermaid")]
    public async Task GetLineage_InAFormat_ParameterWinsOverAccept(string query, string? accept, string mediaType)
    {
        var graph = await DrawnGraph.StoreAsync(gateway.Store, "a1>e1");

        var answer = await gateway.Client.GetJson(graph.PathOf("a1") + query, accept is null ? [] : [("Accept", accept)]);

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(mediaType, answer.Message.Content.Headers.ContentType?.MediaType);
    }

    [NeedsTheory(StoreAbility.AnyText)]
    [InlineData("dot")]
    [InlineData("mermaid")]
    public async Task GetLineage_AsDiagram_QuotesWhateverNamesHold(string format)
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        var id = await gateway.Client.CreateAsync($"{workspace}/executions", """
            {"name": "say \"hi\"\n<b>\\ ]--> x", "outputs": [{"kind": "model", "name": "é;#", "uri": "u", "key": "k|\"\\"}]}
            """);

        var answer = (await gateway.Client.GetJson($"{HttpJson.Api}/executions/{id}/lineage?format={format}")).Expect(HttpStatusCode.OK);

        var artifact = (string)(await gateway.Client.GetJson($"{HttpJson.Api}/executions/{id}/outputs"))["items"]![0]!["artifact"]!["id"]!;
        var expected = format == "dot"
            ? $$"""
                digraph lineage {
                  rankdir=LR;
                  "execution/{{id}}" [shape=box, label="say \"hi\"\n<b>\\ ]--> x\nexecution"];
                  "artifact/{{artifact}}" [shape=ellipse, label="é;#\nmodel"];
                  "execution/{{id}}" -> "artifact/{{artifact}}" [label="k|\"\\"];
                }

                """
            : $$"""
                flowchart LR
                  execution_{{id}}["say #34;hi#34;<br/>#60;b#62;#92; #93;--#62; x<br/>execution"]
                  artifact_{{artifact}}(["é#59;#35;<br/>model"])
                  execution_{{id}} -->|"k#124;#34;#92;"| artifact_{{artifact}}

                """;
        Assert.Equal(expected, answer.Text);
    }
}
