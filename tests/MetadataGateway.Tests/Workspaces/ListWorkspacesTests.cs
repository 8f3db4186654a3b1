using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Workspaces;

public sealed class ListWorkspacesTests(ListWorkspacesTests.ThreeWorkspaces gateway) : IClassFixture<ListWorkspacesTests.ThreeWorkspaces>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    private HttpClient Client => gateway.Factory.Client;

    [Fact]
    public async Task ListWorkspaces_WithoutParameters_GivesAllById()
    {
        var answer = await Client.GetJson(Workspaces);

        Assert.Equal(["w1", "w2", "w3"], answer.Expect(HttpStatusCode.OK).Names());
        Assert.Null(answer["nextPageToken"]);
        Assert.Equal((await Client.GetJson($"{Workspaces}/w2")).Text, answer["items"]![1].Raw());
    }

    [Theory]
    [InlineData("id", "w1 w2 w3")]
    [InlineData("id asc", "w1 w2 w3")]
    [InlineData("id desc", "w3 w2 w1")]
    [InlineData("createTime", "w1 w2 w3")]
    [InlineData("createTime desc", "w3 w2 w1")]
    [InlineData("updateTime", "w2 w3 w1")]
    [InlineData("updateTime desc", "w1 w3 w2")]
    public async Task ListWorkspaces_InAnyOrder_GivesEachOnceOverPages(string order, string expected)
    {
        var list = $"{Workspaces}?orderBy={Uri.EscapeDataString(order)}";

        var names = await Client.NamesOfAllPages(list, pageSize: 1);

        Assert.Equal(expected.Split(' '), names);
    }

    [Theory]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=1001", "pageSize")]
    [InlineData("pageSize=ten", "pageSize")]
    [InlineData("pageSize=", "pageSize")]
    [InlineData("pageToken=x", "pageToken")]
    [InlineData("orderBy=name", "orderBy")]
    [InlineData("orderBy=id%20up", "orderBy")]
    [InlineData("orderBy=id&orderBy=id", "orderBy")]
    [InlineData("pagesize=1&orderBy=x", "orderBy", "pagesize")]
    public async Task ListWorkspaces_WithABadParameter_Returns400NamingIt(string query, params string[] parameters) =>
        (await Client.GetJson($"{Workspaces}?{query}")).ExpectProblem(HttpStatusCode.BadRequest, parameters);

    [Fact]
    public async Task ListWorkspaces_WithTheTokenOfAnotherOrder_Returns400()
    {
        var first = await Client.GetJson($"{Workspaces}?pageSize=1&orderBy=id%20desc");

        var answer = await Client.GetJson($"{Workspaces}?pageToken={first["nextPageToken"]}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "pageToken");
    }

    [Fact]
    public async Task ListWorkspaces_WithAnotherPageSize_GoesOnWhereItWas()
    {
        var first = await Client.GetJson($"{Workspaces}?pageSize=1");

        var answer = await Client.GetJson($"{Workspaces}?pageSize=5&pageToken={first["nextPageToken"]}");

        Assert.Equal(["w2", "w3"], answer.Expect(HttpStatusCode.OK).Names());
    }

    public sealed class ThreeWorkspaces : IAsyncLifetime
    {
        internal GatewayFactory Factory { get; } = new();

        public async Task InitializeAsync()
        {
            // MLMD orders by times in milliseconds; each step waits for the clock to move on.
            foreach (var name in new[] { "w1", "w2", "w3" })
            {
                (await Factory.Client.PutJson($"{Workspaces}/{name}", "{}")).Expect(HttpStatusCode.Created);
                await Task.Delay(3);
            }

            (await Factory.Client.PatchJson($"{Workspaces}/w1", """{"description": "d"}""")).Expect(HttpStatusCode.OK);
        }

        public async Task DisposeAsync() => await Factory.DisposeAsync();
    }
}
