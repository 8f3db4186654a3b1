using System.Net;
using System.Text.RegularExpressions;
using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MlMetadata;

namespace MetadataGateway.Tests.Errors;

public sealed partial class ProblemTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Workspaces = $"{HttpJson.Api}/workspaces";

    [Fact]
    public async Task Problem_HasEveryMemberOfTheContract()
    {
        var answer = await gateway.Client.GetJson($"{Workspaces}/team%252Fvision?x=1");

        answer.ExpectProblem(HttpStatusCode.BadRequest, "x");
        var problem = answer.Json!.AsObject();
        Assert.Equal(["type", "title", "status", "detail", "instance", "code", "traceId", "errors"], problem.Select(member => member.Key));
        Assert.Equal("https://metadata-gateway.dev/problems/validation", (string?)problem["type"]);
        Assert.Equal(ProblemType.Validation.Title, (string?)problem["title"]);
        Assert.Equal($"{Workspaces}/team%252Fvision", (string?)problem["instance"]);
        Assert.Matches(TraceId(), (string?)problem["traceId"]);
    }

    [Fact]
    public async Task Problem_OfATracedRequest_HasItsTraceId()
    {
        var answer = await gateway.Client.GetJson($"{Workspaces}/nobody", ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", (string?)answer["traceId"]);
    }

    [Fact]
    public async Task Problem_WithFaultsEverywhere_TellsAllOfThem()
    {
        await gateway.Client.PutJson($"{Workspaces}/all", "{}");

        var answer = await gateway.Client.PutJson(
            $"{Workspaces}/all?nope=1", """{"labels": {"a b": 1}, "desc": "d"}""", ("If-Match", "abc"), ("If-None-Match", "\"a"));

        answer.ExpectProblem(HttpStatusCode.BadRequest, "nope", "labels['a b']", "desc", "If-Match", "If-None-Match");
    }

    [Fact]
    public async Task Problem_TitleIsFixedPerType()
    {
        var missing = await gateway.Client.GetJson($"{Workspaces}/nobody");
        var noRoute = await gateway.Client.GetJson("/nope");

        Assert.Equal((string?)missing["type"], (string?)noRoute["type"]);
        Assert.Equal((string?)missing["title"], (string?)noRoute["title"]);
        Assert.Contains("nobody", (string?)missing["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problem_OfADefect_Is500WithoutItsText()
    {
        using var broken = new GatewayFactory().WithServices(services => services.AddSingleton(
            provider => new MetadataStoreService.MetadataStoreServiceClient(new FailingInvoker("SELECT secret FROM Artifact"))));
        broken.With("MetadataStore:Address", "http://127.0.0.1:9");

        var answer = await broken.Client.GetJson($"{Workspaces}/any");

        answer.ExpectProblem(HttpStatusCode.InternalServerError);
        Assert.Equal("INTERNAL", (string?)answer["code"]);
        Assert.DoesNotContain("SELECT", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(".cs", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("text/html")]
    [InlineData("not a media type")]
    public async Task Problem_IsProblemJsonWhateverIsAccepted(string accept)
    {
        var answer = await gateway.Client.GetJson($"{Workspaces}/nobody", ("Accept", accept));

        answer.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Problem_ThatWasThrown_KeepsItsRouteInTheMetrics()
    {
        await gateway.Client.GetJson($"{Workspaces}/not-there/runs/nobody");

        var metrics = await gateway.Client.GetStringAsync("/metrics");

        Assert.Matches("http_response_status_code=\"404\",http_route=\"/api/v1/workspaces/{workspace}/runs/{run}\"", metrics);
    }

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex TraceId();

    private sealed class FailingInvoker(string text) : CallInvoker
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            method.Name.StartsWith("Put", StringComparison.Ordinal)
                ? throw new RpcException(new Status(StatusCode.Unavailable, "not yet"))
                : throw new InvalidOperationException(text);

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
    }
}
