using System.Net;
using System.Text.Json.Nodes;
using MetadataGateway.Tests.Hosting;
using Microsoft.OpenApi;

namespace MetadataGateway.Tests.OpenApi;

public sealed class OpenApiDocumentTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    public static TheoryData<string> OperationIds => [.. CommittedDocument.Operations.Select(operation => operation.Id)];

    [Fact]
    public async Task Document_Served_IsTheCommittedOne()
    {
        var answer = await gateway.Client.GetJson("/openapi/v1.json");

        answer.Expect(HttpStatusCode.OK);
        Assert.True(
            JsonNode.DeepEquals(CommittedDocument.Json, answer.Json),
            "openapi/metadata-gateway.json is not what the gateway serves: 'dotnet build src/MetadataGateway' writes it; review and commit it.");
    }

    [Fact]
    public void Document_ParsesAsOpenApi31WithoutWarnings()
    {
        var result = OpenApiDocument.Parse(CommittedDocument.Text, "json");

        Assert.Empty(result.Diagnostic!.Errors);
        Assert.Empty(result.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, result.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public void Document_OperationIds_AreUnique() =>
        Assert.Equal(CommittedDocument.Operations.Count(), CommittedDocument.Operations.Select(operation => operation.Id).Distinct().Count());

    [Fact]
    public void Document_UsesEveryComponent()
    {
        var text = CommittedDocument.Text;

        Assert.All(
            CommittedDocument.Json["components"]!.AsObject().SelectMany(kind => kind.Value!.AsObject().Select(component => $"#/components/{kind.Key}/{component.Key}")),
            reference => Assert.Contains($"\"{reference}\"", text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OperationIds))]
    public void Operation_IsDescribed(string id)
    {
        var operation = Find(id);

        Assert.NotEmpty((string?)operation.Json["summary"] ?? "");
        Assert.Single(operation.Json["tags"]!.AsArray());
        Assert.All(operation.Json["parameters"]?.AsArray() ?? [], parameter => Assert.NotEmpty((string?)parameter!["description"] ?? ""));
        Assert.All(PathParameters(operation.Path), name => Assert.Contains(operation.Json["parameters"]!.AsArray(), parameter =>
            (string?)parameter!["name"] == name && (string?)parameter["in"] == "path" && (bool?)parameter["required"] == true));
    }

    [Theory]
    [MemberData(nameof(OperationIds))]
    public void Operation_NamesItsStatuses(string id)
    {
        var operation = Find(id);
        string[] expected =
        [
            "400", "500", "501", "502", "503", "504",
            // A PUT creates what its last parameter names.
            .. PathParameters(operation.Path).Skip(operation.Method == "PUT" ? 1 : 0).Any() ? new[] { "404" } : [],
            .. operation.Json["requestBody"] is null ? Array.Empty<string>() : ["413", "415"],
            .. operation.Method is "PUT" or "PATCH" or "DELETE" ? new[] { "412" } : [],
        ];

        Assert.Superset(expected.ToHashSet(), operation.Responses.Select(response => response.Key).ToHashSet());
        Assert.Contains(operation.Responses, response => response.Key.StartsWith('2'));
    }

    [Theory]
    [MemberData(nameof(OperationIds))]
    public void Operation_Examples_FitTheirSchemas(string id)
    {
        var operation = Find(id);
        var contents = Contents(operation.Json["requestBody"]).Concat(operation.Responses.SelectMany(response => Contents(response.Value))).ToList();

        Assert.NotEmpty(contents);
        Assert.All(contents, content =>
        {
            Assert.True(content["example"] is not null, $"{operation} lacks an example.");
            Assert.Empty(new JsonSchemaCheck(CommittedDocument.Json).Check(content["example"], content["schema"]!));
        });
    }

    [Theory]
    [MemberData(nameof(OperationIds))]
    public void Operation_AnswersOfResources_NameTheirHeaders(string id)
    {
        var operation = Find(id);

        Assert.All(operation.Responses.Where(response => response.Key == "201"), response =>
        {
            Assert.NotNull(response.Value!["headers"]!["Location"]);
        });
        Assert.All(operation.Responses.Where(response => response.Key == "304"), response => Assert.NotNull(response.Value!["headers"]!["ETag"]));
    }

    private static DocumentedOperation Find(string id) => CommittedDocument.Operations.Single(operation => operation.Id == id);

    private static IEnumerable<string> PathParameters(string path) =>
        path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment[1..segment.IndexOf('}', StringComparison.Ordinal)]);

    private static IEnumerable<JsonNode> Contents(JsonNode? owner)
    {
        if (owner?["$ref"] is { } reference)
        {
            owner = CommittedDocument.Json["components"]!["responses"]![((string)reference!).Split('/')[^1]];
        }

        return (owner?["content"]?.AsObject() ?? []).Select(content => content.Value!);
    }
}
