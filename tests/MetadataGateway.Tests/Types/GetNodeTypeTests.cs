using System.Net;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Types;

public sealed class GetNodeTypeTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Theory]
    [InlineData("acme.org/v1/report", "acme.org/v1/report")]
    [InlineData("acme.org/v1/report", "acme.org%2Fv1%2Freport")]
    [InlineData("acme.org/v1/report", "acme.org/v1%2freport")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("ä b+c?d#e", "%C3%A4%20b+c%3Fd%23e")]
    [InlineData("/leading and trailing/", "%2Fleading%20and%20trailing%2F")]
    [InlineData("a//b/", "a//b/")]
    public async Task GetNodeType_ByNameInThePath_DecodesItExactlyOnce(string name, string path)
    {
        await gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = name } });

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/artifactTypes/{path}");

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(name, (string?)answer["name"]);
        Assert.Null(answer["version"]);
    }

    [Theory]
    [InlineData("a/%zz")]
    [InlineData("a/%ff/b")]
    public async Task GetNodeType_WithMalformedEscape_Returns400(string path)
    {
        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/artifactTypes/{path}");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "name");
    }

    [Fact]
    public async Task GetNodeType_WithVersion_ReadsThatVersionOnly()
    {
        await gateway.Store.PutExecutionTypeAsync(new() { ExecutionType = new() { Name = "versioned", Version = "v 1/2" } });

        var withVersion = await gateway.Client.GetJson($"{HttpJson.Api}/executionTypes/versioned?version=v%201/2");
        var without = await gateway.Client.GetJson($"{HttpJson.Api}/executionTypes/versioned?version=");

        Assert.Equal("v 1/2", (string?)withVersion.Expect(HttpStatusCode.OK)["version"]);
        without.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("artifactTypes/mlmd.Model")]
    [InlineData("executionTypes/mlmd.Train")]
    [InlineData("artifactTypes/kubeflow.org/alpha/model")]
    [InlineData("executionTypes/kubeflow.org/alpha/execution")]
    [InlineData("contextTypes/kubeflow.org/alpha/workspace")]
    [InlineData("contextTypes/kubeflow.org/alpha/run")]
    public async Task GetNodeType_OfMlmdOrKubeflow_ReturnsIt(string path)
    {
        // Registers them.
        await gateway.Client.PostJson($"{HttpJson.Api}/workspaces", """{"name": "any"}""");

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/{path}");

        answer.Expect(HttpStatusCode.OK);
        Assert.Null(answer["baseType"]);
    }

    [Theory]
    [InlineData("artifactTypes/unknown")]
    [InlineData("artifactTypes/mlmd.Train")]
    [InlineData("artifactTypes/MLMD.MODEL")]
    [InlineData("executionTypes/kubeflow.org/alpha/model")]
    [InlineData("contextTypes/metadata-gateway/state")]
    public async Task GetNodeType_ThatIsNotThere_Returns404(string path)
    {
        await gateway.Store.PutContextTypeAsync(new() { ContextType = new() { Name = "metadata-gateway/state" } });

        var answer = await gateway.Client.GetJson($"{HttpJson.Api}/{path}");

        answer.ExpectProblem(HttpStatusCode.NotFound);
        Assert.Equal("NOT_FOUND", (string?)answer["code"]);
    }

    [Fact]
    public async Task GetNodeType_WithCurrentTag_Returns304UntilItIsExtendedByOthers()
    {
        var type = new ContextType { Name = "tagged", Properties = { ["x"] = PropertyType.Int } };
        await gateway.Store.PutContextTypeAsync(new() { ContextType = type });
        var tag = (await gateway.Client.GetJson($"{HttpJson.Api}/contextTypes/tagged")).ETag!;

        var same = await gateway.Client.GetJson($"{HttpJson.Api}/contextTypes/tagged", ("If-None-Match", tag));
        type.Properties["y"] = PropertyType.String;
        await gateway.Store.PutContextTypeAsync(new() { ContextType = type, CanAddFields = true });
        var changed = await gateway.Client.GetJson($"{HttpJson.Api}/contextTypes/tagged", ("If-None-Match", tag));

        same.Expect(HttpStatusCode.NotModified);
        Assert.Equal("""{"x":"INT","y":"STRING"}""", changed.Expect(HttpStatusCode.OK)["properties"]!.ToJsonString());
    }

    [Theory]
    [InlineData("DELETE", "artifactTypes/a/b", "GET, HEAD, PUT")]
    [InlineData("POST", "artifactTypes/a/b", "GET, HEAD, PUT")]
    [InlineData("PUT", "artifactTypes", "GET, HEAD, POST")]
    [InlineData("DELETE", "contextTypes", "GET, HEAD, POST")]
    public async Task NodeTypes_WithMethodNotOffered_Return405WithAllow(string method, string path, string allowed)
    {
        var answer = await gateway.Client.SendText(new HttpMethod(method), $"{HttpJson.Api}/{path}", "{}");

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(allowed, string.Join(", ", answer.Message.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }
}
