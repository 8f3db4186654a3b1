using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Artifacts;

public sealed class BatchGetArtifactsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string BatchGet = $"{HttpJson.Api}/artifacts:batchGet";

    [Fact]
    public async Task BatchGetArtifacts_WithRepeatsAndUnknownIds_KeepsTheOrderAndNamesTheMissing()
    {
        var first = await Create("order", "datasets", """{"name": "d", "uri": "file://d"}""");
        var second = await Create("order", "metrics", """{"name": "e", "uri": "file://e"}""");
        await gateway.Client.SendText(HttpMethod.Delete, $"{HttpJson.Api}/artifacts/{first}", null);

        var answer = await gateway.Client.GetJson($"{BatchGet}?ids={second},999999,{first},{second},888888,999999");

        answer.Expect(HttpStatusCode.OK);
        string[] expected = [await Read(second), await Read(first)];
        Assert.Equal($"[{string.Join(',', expected)}]", answer["items"].Raw());
        Assert.Equal("""["999999","888888"]""", answer["missing"].Raw());
    }

    [Fact]
    public async Task BatchGetArtifacts_OfKnownIdsOnly_HasAnEmptyListOfMissing()
    {
        var id = await Create("known", "datasets", """{"name": "d", "uri": "file://d"}""");

        var answer = await gateway.Client.GetJson($"{BatchGet}?ids={id}");

        Assert.Equal($$"""{"items":[{{await Read(id)}}],"missing":[]}""", answer.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task BatchGetArtifacts_OfARecordThatDoesNotSayItsWorkspace_ShowsItAsAGetDoes()
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/others", "{}");
        var id = await gateway.Store.PutArtifact(new() { Name = "acme.org/report" }, new(), "others");

        var answer = await gateway.Client.GetJson($"{BatchGet}?ids={id}");

        Assert.Equal("others", (string?)answer.Expect(HttpStatusCode.OK)["items"]![0]!["workspace"]);
        Assert.Equal(await Read(id), answer["items"]![0].Raw());
    }

    [Fact]
    public async Task BatchGetArtifacts_OfAThousandLongIds_FitsIntoARequest()
    {
        var ids = Enumerable.Range(0, 1000).Select(i => $"{9223372036854774000 + i}").ToList();

        var answer = await gateway.Client.GetJson($"{BatchGet}?ids={string.Join("%2C", ids)}");

        Assert.Equal(ids, answer.Expect(HttpStatusCode.OK)["missing"]!.AsArray().Select(id => (string?)id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ids=")]
    [InlineData("?ids=x")]
    [InlineData("?ids=1,,2")]
    [InlineData("?ids=1,")]
    [InlineData("?ids=1,%202")]
    [InlineData("?ids=0")]
    [InlineData("?ids=-1")]
    [InlineData("?ids=01")]
    [InlineData("?ids=9223372036854775808")]
    [InlineData("?ids=1&ids=2")]
    public async Task BatchGetArtifacts_WithMalformedIds_Returns400(string query)
    {
        var answer = await gateway.Client.GetJson(BatchGet + query);

        answer.ExpectProblem(HttpStatusCode.BadRequest, "ids");
    }

    [Fact]
    public async Task BatchGetArtifacts_OfMoreThanAThousand_Returns400()
    {
        var answer = await gateway.Client.GetJson($"{BatchGet}?ids={string.Join(',', Enumerable.Range(1, 1001))}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "ids");
    }

    private async Task<string> Read(string id) => (await gateway.Client.GetJson($"{HttpJson.Api}/artifacts/{id}")).Expect(HttpStatusCode.OK).Text;

    private async Task<string> Create(string workspace, string collection, string body)
    {
        await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/{workspace}", "{}");
        var answer = await gateway.Client.PostJson($"{HttpJson.Api}/workspaces/{workspace}/{collection}", body);
        return (string)answer.Expect(HttpStatusCode.Created)["id"]!;
    }
}
