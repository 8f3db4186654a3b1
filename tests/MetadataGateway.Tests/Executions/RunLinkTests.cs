using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Executions;

public sealed class RunLinkTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Fact]
    public async Task CreateExecution_WhenTheRunCannotBeLinked_SucceedsAndTheNextWriteLinksIt()
    {
        var workspace = await gateway.Client.NewWorkspaceAsync();
        gateway.Calls.Unavailable = "PutParentContexts";

        var stored = await gateway.Client.PostJson($"{workspace}/executions", """{"name": "first", "run": "r"}""");
        var run = long.Parse((string)(await gateway.Client.GetJson($"{workspace}/runs/r"))["id"]!);
        var before = await gateway.Store.GetParentContextsByContextAsync(new() { ContextId = run });
        gateway.Calls.Unavailable = null;
        await gateway.Client.CreateAsync($"{workspace}/executions", """{"name": "second", "run": "r"}""");
        var after = await gateway.Store.GetParentContextsByContextAsync(new() { ContextId = run });

        stored.Expect(HttpStatusCode.Created);
        Assert.Empty(before.Contexts);
        Assert.Equal(workspace[(workspace.LastIndexOf('/') + 1)..], Assert.Single(after.Contexts).Name);
    }
}
