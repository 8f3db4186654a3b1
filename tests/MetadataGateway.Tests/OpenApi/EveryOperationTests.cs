using System.Net;
using System.Text.Json.Nodes;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.OpenApi;

/// <summary>What every operation of the document answers alike, with the request of its own example.</summary>
public sealed class EveryOperationTests(EveryOperationTests.Records gateway) : IClassFixture<EveryOperationTests.Records>
{
    private static readonly RpcException Internal = new(new Status(StatusCode.Internal, "SQL"));

    public static TheoryData<string> All { get; } = With(_ => true);

    public static TheoryData<string> WithABody { get; } = With(operation => operation.Json["requestBody"] is not null);

    public static TheoryData<string> Documenting404 { get; } = With(operation => operation.Responses.ContainsKey("404"));

    public static TheoryData<string> Documenting304 { get; } = With(operation => operation.Responses.ContainsKey("304"));

    public static TheoryData<string> Documenting412 { get; } = With(operation => operation.Responses.ContainsKey("412"));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Operation_WhenTheStoreFails_AnswersWhatTheStatusMeans(string operation)
    {
        // Whatever is read once and kept, so that the failure is met in the operation itself.
        await gateway.SendAsync(operation);

        await ExpectAsync(operation, new InvalidOperationException("defect"), HttpStatusCode.InternalServerError);
        await ExpectAsync(operation, new RpcException(new Status(StatusCode.Unimplemented, "")), HttpStatusCode.NotImplemented);
        await ExpectAsync(operation, Internal, HttpStatusCode.BadGateway);
        await ExpectAsync(operation, new RpcException(new Status(StatusCode.Unavailable, "")), HttpStatusCode.ServiceUnavailable);
        await ExpectAsync(operation, new RpcException(new Status(StatusCode.DeadlineExceeded, "")), HttpStatusCode.GatewayTimeout);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Operation_WithAnUnknownQueryParameter_Returns400(string operation) =>
        (await gateway.SendAsync(operation, query: "nope=1")).ExpectProblem(HttpStatusCode.BadRequest, "nope");

    [Theory]
    [MemberData(nameof(WithABody))]
    public async Task Operation_WithABodyThatIsNoJson_Returns415(string operation) =>
        (await gateway.SendAsync(operation, headers: ("Content-Type", "text/plain"))).ExpectProblem(HttpStatusCode.UnsupportedMediaType);

    [Theory]
    [MemberData(nameof(WithABody))]
    public async Task Operation_WithABodyOverTheLimit_Returns413(string operation) =>
        (await gateway.SendAsync(operation, body: $$"""{"name": "{{new string('x', 70_000)}}"}""")).ExpectProblem(HttpStatusCode.RequestEntityTooLarge);

    [Theory]
    [MemberData(nameof(Documenting404))]
    public async Task Operation_OnWhatIsNotThere_Returns404(string operation) =>
        (await gateway.SendAsync(operation, exists: false)).ExpectProblem(HttpStatusCode.NotFound);

    [Theory]
    [MemberData(nameof(Documenting304))]
    public async Task Operation_WithTheTagThatItGave_Returns304(string operation) =>
        (await gateway.SendAsync(operation, headers: ("If-None-Match", (await gateway.SendAsync(operation)).ETag!))).Expect(HttpStatusCode.NotModified);

    [Theory]
    [MemberData(nameof(Documenting412))]
    public async Task Operation_WithAStaleTag_Returns412(string operation) =>
        (await gateway.SendAsync(operation, headers: ("If-Match", "\"stale\""))).ExpectProblem(HttpStatusCode.PreconditionFailed);

    [Fact]
    public async Task Operation_ThatAlwaysLosesItsRace_Returns409()
    {
        // Not tried again for long.
        using var impatient = new Records(deadline: "00:00:01");
        await impatient.InitializeAsync();
        impatient.Factory.Calls.Failure = new RpcException(new Status(StatusCode.Aborted, ""));

        var answers = await Task.WhenAll(CommittedDocument.Operations.Where(operation => operation.Responses.ContainsKey("409"))
            .Select(operation => impatient.SendAsync(operation.Id)));

        Assert.All(answers, answer => Assert.Equal("ABORTED", (string?)answer.ExpectProblem(HttpStatusCode.Conflict)["code"]));
        await impatient.DisposeAsync();
    }

    [Theory]
    [InlineData("datasets", """{"name": "d", "uri": "u"}""")]
    [InlineData("artifacts", """{"kind": "model", "name": "m", "uri": "u"}""")]
    public async Task Create_OfWhatMustNotExist_Returns409(string collection, string body)
    {
        var path = $"{HttpJson.Api}/workspaces/w/{collection}?ifExists=fail";
        (await gateway.Factory.Client.PostJson(path, body)).Expect(HttpStatusCode.Created);

        (await gateway.Factory.Client.PostJson(path, body)).ExpectProblem(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("executionTypes")]
    [InlineData("contextTypes")]
    public async Task CreateType_Again_Returns200AndWithAnotherKind409(string collection)
    {
        var path = $"{HttpJson.Api}/{collection}";
        (await gateway.Factory.Client.PostJson(path, """{"name": "t", "properties": {"a": "INT"}}""")).Expect(HttpStatusCode.Created);

        (await gateway.Factory.Client.PostJson(path, """{"name": "t", "properties": {"a": "INT"}}""")).Expect(HttpStatusCode.OK);
        (await gateway.Factory.Client.PostJson(path, """{"name": "t", "properties": {"a": "STRING"}}""")).ExpectProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task CreateOutput_OfAnArtifactThatIsNotThere_Returns422() =>
        (await gateway.SendAsync("CreateOutput", body: """{"artifactId": "999999"}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "artifactId");

    private async Task ExpectAsync(string operation, Exception failure, HttpStatusCode status)
    {
        gateway.Factory.Calls.Failure = failure;
        var answer = await gateway.SendAsync(operation);
        gateway.Factory.Calls.Failure = null;

        answer.ExpectProblem(status);
    }

    private static TheoryData<string> With(Func<DocumentedOperation, bool> predicate) => [.. CommittedDocument.Operations.Where(predicate).Select(operation => operation.Id)];

    /// <summary>One record of each sort, which the operations are called on.</summary>
    public sealed class Records : IAsyncLifetime, IDisposable
    {
        private readonly Dictionary<string, string> _paths = new() { ["workspace"] = "w", ["run"] = "r" };

        public Records()
            : this("00:00:10")
        {
        }

        internal Records(string deadline) =>
            Factory = new GatewayFactory().With("Limits:RequestBody", "65536").With("MetadataStore:Deadline", deadline);

        internal GatewayFactory Factory { get; }

        public async Task InitializeAsync()
        {
            await Factory.Client.PutJson($"{HttpJson.Api}/workspaces/w", "{}");
            _paths["contextId"] = (string)(await Factory.Client.PutJson($"{HttpJson.Api}/workspaces/w/runs/r", "{}"))["id"]!;
            _paths["artifactId"] = await Factory.Client.CreateAsync(
                $"{HttpJson.Api}/workspaces/w/datasets", """{"name": "mytable-dump", "version": "v1", "uri": "file://path/to/dataset"}""");
            _paths["executionId"] = await Factory.Client.CreateAsync($"{HttpJson.Api}/workspaces/w/executions", """{"name": "e", "run": "r"}""");
        }

        public Task DisposeAsync() => Factory.DisposeAsync().AsTask();

        public void Dispose() => Factory.Dispose();

        /// <summary>The operation's example, to what is there or to what is not.</summary>
        internal Task<Answer> SendAsync(string id, bool exists = true, string? query = null, string? body = null, params (string Name, string Value)[] headers)
        {
            var operation = CommittedDocument.Operations.Single(operation => operation.Id == id);
            var path = operation.Path;
            foreach (var name in operation.Json["parameters"]?.AsArray().Where(parameter => (string?)parameter!["in"] == "path").Select(parameter => (string)parameter!["name"]!) ?? [])
            {
                path = path.Replace($"{{{name}}}", PathValue(name, operation.Path, exists), StringComparison.Ordinal);
            }

            if (id == "BatchGetArtifacts")
            {
                query = query is null ? "ids=1" : $"ids=1&{query}";
            }

            var example = (operation.Json["requestBody"]?["content"] as JsonObject)?.First().Value!["example"];
            return Factory.Client.SendText(
                new HttpMethod(operation.Method), query is null ? path : $"{path}?{query}", body ?? example?.ToJsonString(), headers);
        }

        private string PathValue(string name, string path, bool exists) => (name, exists) switch
        {
            ("name", true) when path.Contains("artifactTypes", StringComparison.Ordinal) => "mlmd.Statistics",
            ("name", true) when path.Contains("executionTypes", StringComparison.Ordinal) => "mlmd.Deploy",
            ("name", true) => "kubeflow.org/alpha/workspace",
            (_, true) => _paths[name],
            (_, false) => name.EndsWith("Id", StringComparison.Ordinal) ? "999999" : "nowhere",
        };
    }
}
